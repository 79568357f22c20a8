using System;
using System.Collections.Generic;
using System.Globalization;

namespace WhiteMagic.Yaml;

/// <summary>
/// Reads a map strictly: an unknown field is refused at once, and a field of the wrong kind is refused by the getter
/// with its name, what was found and what is allowed. A field that is not given has the caller's fallback.
/// </summary>
public sealed class YamlFields
{
    private readonly YamlNode _node;
    private readonly YamlMap? _map;

    /// <param name="node">A map; a null scalar, such as an empty document or section, is a map without fields.</param>
    /// <param name="allowed">The names of all fields there are.</param>
    /// <exception cref="YamlException">The node is not a map, or has a field that is not allowed.</exception>
    public YamlFields(YamlNode node, params ReadOnlySpan<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(node);
        _node = node;
        _map = node as YamlMap;
        if (_map is null && node is not YamlScalar { IsNull: true })
        {
            throw node.Error("expected a map with the fields " + Join(allowed) + ", but found " + node.Describe());
        }
        for (int i = 0; i < _map?.Count; i++)
        {
            YamlEntry entry = _map[i];
            if (!allowed.Contains(entry.Key))
            {
                throw new YamlException(node.File, entry.Line, entry.Column, "unknown field " + YamlScalar.Quote(entry.Key) + "; allowed: " + Join(allowed));
            }
        }
    }

    /// <summary>The value of the field, or null when the field is not given.</summary>
    public YamlNode? Find(string name) => _map?.Find(name)?.Value;

    /// <summary>The value of a field that must be given.</summary>
    public YamlNode Require(string name) => Find(name) ?? throw _node.Error("the field \"" + name + "\" is missing");

    /// <summary>A text that must be given.</summary>
    public string Text(string name) => TextOf(name, Require(name));

    /// <summary>A text; a plain number, true, false or null is refused and must be quoted.</summary>
    public string? Text(string name, string? fallback) => Find(name) is { } value ? TextOf(name, value) : fallback;

    /// <summary>One of the given texts.</summary>
    public string Choice(string name, string fallback, params ReadOnlySpan<string> choices) =>
        Find(name) is { } value ? ChoiceOf(name, value, choices) : fallback;

    /// <summary>A list of texts, empty when the field is not given; with choices, each must be one of them.</summary>
    public IReadOnlyList<string> Texts(string name, params ReadOnlySpan<string> choices)
    {
        var texts = new List<string>();
        YamlNode? value = Find(name);
        if (value is not null and not YamlList)
        {
            throw Wrong(name, value, "a list of texts");
        }
        for (int i = 0; value is YamlList list && i < list.Count; i++)
        {
            texts.Add(choices.IsEmpty ? TextOf(name, list[i]) : ChoiceOf(name, list[i], choices));
        }
        return texts;
    }

    public bool Flag(string name, bool fallback) => Find(name) switch
    {
        null => fallback,
        YamlScalar scalar when scalar.TryGetBool(out bool flag) => flag,
        { } value => throw Wrong(name, value, "true or false"),
    };

    /// <summary>A whole number from min to max, both included.</summary>
    public long WholeNumber(string name, long fallback, long min, long max) => Find(name) switch
    {
        null => fallback,
        YamlScalar scalar when scalar.TryGetLong(out long number) && number >= min && number <= max => number,
        { } value => throw Wrong(name, value, "a whole number from " + min.ToString(CultureInfo.InvariantCulture)
            + " to " + max.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>A number from min to max, both included.</summary>
    public double Number(string name, double fallback, double min, double max) => Find(name) switch
    {
        null => fallback,
        YamlScalar scalar when scalar.TryGetDouble(out double number) && number >= min && number <= max => number,
        { } value => throw Wrong(name, value, "a number from " + min.ToString(CultureInfo.InvariantCulture)
            + " to " + max.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The fields of a map inside this one; none are given when it is not given.</summary>
    public YamlFields Section(string name, params ReadOnlySpan<string> allowed) => Find(name) switch
    {
        null => new YamlFields(new YamlScalar(_node.File, new Place(_node.Line, _node.Column), "", isPlain: true), allowed),
        YamlMap or YamlScalar { IsNull: true } => new YamlFields(Require(name), allowed),
        { } value => throw Wrong(name, value, "a map with the fields " + Join(allowed)),
    };

    private static string TextOf(string name, YamlNode value)
    {
        if (value is YamlScalar scalar && (!scalar.IsPlain || scalar.IsText))
        {
            return scalar.Text;
        }
        throw Wrong(name, value, value is YamlScalar { IsNull: false } ? "a text; put it in quotes" : "a text");
    }

    private static string ChoiceOf(string name, YamlNode value, ReadOnlySpan<string> choices) =>
        value is YamlScalar scalar && choices.Contains(scalar.Text) ? scalar.Text : throw Wrong(name, value, "one of " + Join(choices));

    private static YamlException Wrong(string name, YamlNode value, string allowed) =>
        value.Error("\"" + name + "\" is " + value.Describe() + ", but must be " + allowed);

    private static string Join(ReadOnlySpan<string> names) => names.IsEmpty ? "none" : string.Join(", ", names);
}
