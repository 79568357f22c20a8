using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Yaml;

namespace WhiteMagic.Governance.Dharma;

/// <summary>Expected rulings, read from YAML and compared with what the rules say; nothing is done.</summary>
public static class DharmaCases
{
    private const int MostCases = 10_000;
    private const string Allow = "allow";

    private static readonly string[] _expectations = [Allow, .. RuleActions.Names];

    /// <summary>Runs the cases of a document.</summary>
    /// <param name="utf8">The document: a list <c>cases</c>.</param>
    /// <param name="file">What errors call it.</param>
    /// <param name="rules">Gives the rules under a profile; null when there is no such profile. The name is null for the active one.</param>
    /// <param name="effectOf">The effect that a tool declares; null when there is no such tool.</param>
    /// <param name="parseTime">Milliseconds since 1970-01-01 UTC of an RFC 3339 time; null when it is none.</param>
    /// <param name="nowMs">The time of cases that name none.</param>
    /// <exception cref="YamlException">It is not a document of cases.</exception>
    public static IReadOnlyList<DharmaCaseResult> Run(ReadOnlySpan<byte> utf8, string file, Func<string?, Ruleset?> rules, Func<string, Effect?> effectOf, Func<string, long?> parseTime, long nowMs)
    {
        YamlNode document = YamlReader.Parse(utf8, file);
        if (new YamlFields(document, "cases").Require("cases") is not YamlList list || list.Count is 0 or > MostCases)
        {
            throw document.Error("\"cases\" must be a list of 1 to 10,000 cases");
        }

        var results = new List<DharmaCaseResult>(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            results.Add(Run(list[i], rules, effectOf, parseTime, nowMs));
        }

        return results;
    }

    private static DharmaCaseResult Run(YamlNode node, Func<string?, Ruleset?> rules, Func<string, Effect?> effectOf, Func<string, long?> parseTime, long nowMs)
    {
        var fields = new YamlFields(node, "name", "tool", "effect", "agent", "galaxy", "at", "arguments", "target_tags", "profile", "expect", "rules");
        string tool = fields.Text("tool");
        string? profile = fields.Text("profile", null);
        Ruleset ruleset = rules(profile) ?? throw fields.Require("profile").Error("there is no such profile");
        fields.Require("expect");
        string expected = fields.Choice("expect", "", _expectations);
        IReadOnlyList<string> tags = fields.Texts("target_tags");
        var deed = new Deed
        {
            Tool = tool,
            Effect = EffectOf(fields, tool, effectOf),
            Agent = fields.Text("agent", "")!,
            Session = "",
            Galaxy = fields.Text("galaxy", "default")!,
            Arguments = JsonOf(fields.Find("arguments")),
            StartedAtMs = fields.Text("at", null) is { } at ? parseTime(at) ?? throw fields.Require("at").Error("\"at\" is a time such as \"2026-03-02T14:00:00+01:00\"") : nowMs,
            StartedTimestamp = 0,
            FindTargetTags = () => tags,
        };
        Judgement judgement = ruleset.Judge(deed);
        return new DharmaCaseResult
        {
            Name = fields.Text("name", "")!,
            Place = string.Create(CultureInfo.InvariantCulture, $"{node.File}:{node.Line}"),
            Expected = expected,
            Found = judgement.Action is { } action ? RuleActions.NameOf(action) : Allow,
            ExpectedRules = fields.Find("rules") is null ? null : fields.Texts("rules"),
            FoundRules = judgement.RuleNames,
        };
    }

    private static Effect EffectOf(YamlFields fields, string tool, Func<string, Effect?> effectOf) => fields.Find("effect") is null
        ? effectOf(tool) ?? throw fields.Require("tool").Error($"there is no tool \"{tool}\" here; give its effect, or a tool that `wm call --list` names")
        : fields.Choice("effect", "", "read", "write", "delete", "external") switch
        {
            "read" => Effect.Read,
            "write" => Effect.Write,
            "delete" => Effect.Delete,
            _ => Effect.External,
        };

    private static byte[] JsonOf(YamlNode? arguments)
    {
        if (arguments is null or YamlScalar { IsNull: true })
        {
            return "{}"u8.ToArray();
        }

        if (arguments is not YamlMap)
        {
            throw arguments.Error("\"arguments\" is " + arguments.Describe() + ", but must be a map");
        }

        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            Write(json, arguments);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                json.WriteStartObject();
                for (int i = 0; i < map.Count; i++)
                {
                    json.WritePropertyName(map[i].Key);
                    Write(json, map[i].Value);
                }

                json.WriteEndObject();
                break;
            case YamlList list:
                json.WriteStartArray();
                for (int i = 0; i < list.Count; i++)
                {
                    Write(json, list[i]);
                }

                json.WriteEndArray();
                break;
            case YamlScalar { IsNull: true }:
                json.WriteNullValue();
                break;
            case YamlScalar scalar when scalar.TryGetBool(out bool flag):
                json.WriteBooleanValue(flag);
                break;
            case YamlScalar scalar when scalar.TryGetLong(out long number):
                json.WriteNumberValue(number);
                break;
            case YamlScalar scalar when scalar.TryGetDouble(out double number) && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case YamlScalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}

/// <summary>What became of one case.</summary>
public sealed class DharmaCaseResult
{
    /// <summary>As the case calls itself; empty when it has no name.</summary>
    public required string Name { get; init; }

    /// <summary>File and line.</summary>
    public required string Place { get; init; }

    /// <summary><c>allow</c>, or an action.</summary>
    public required string Expected { get; init; }

    /// <summary>What the rules say.</summary>
    public required string Found { get; init; }

    /// <summary>The rules that should match; null when the case does not say.</summary>
    public required IReadOnlyList<string>? ExpectedRules { get; init; }

    /// <summary>The rules that match.</summary>
    public required IReadOnlyList<string> FoundRules { get; init; }

    /// <summary>Whether it came as expected; rules in any order.</summary>
    public bool IsAsExpected
    {
        get
        {
            if (Found != Expected || (ExpectedRules is { } count && count.Count != FoundRules.Count))
            {
                return false;
            }

            foreach (string rule in ExpectedRules ?? [])
            {
                if (!DharmaRules.Contains(FoundRules, rule))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
