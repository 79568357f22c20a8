using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools.Defining;

/// <summary>The arguments of one call, parsed and checked.</summary>
public sealed class Arguments
{
    private readonly IReadOnlyList<Param> _params;
    private readonly object?[] _values;

    private Arguments(IReadOnlyList<Param> parameters)
    {
        _params = parameters;
        _values = new object?[parameters.Count];
    }

    /// <summary>Parses an object against a tool's parameters. A null value counts as absent.</summary>
    /// <exception cref="FailureException">An argument is unknown, given twice, missing or not allowed.</exception>
    public static Arguments Parse(Tool tool, JsonElement given)
    {
        var arguments = new Arguments(tool.Params);
        if (given.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            throw ArgumentOf.Wrong("arguments", given, "a JSON object");
        }

        if (given.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in given.EnumerateObject())
            {
                int index = arguments.IndexOf(property);
                if (index < 0)
                {
                    throw FailureException.Invalid($"{tool.Name} has no argument \"{NameOf(property)}\"; allowed: {arguments.Names()}");
                }

                if (property.Value.ValueKind == JsonValueKind.Null)
                {
                    continue;
                }

                if (arguments._values[index] is not null)
                {
                    throw FailureException.Invalid($"{arguments._params[index].Name} is given twice");
                }

                arguments._values[index] = arguments._params[index].Parse(property.Value);
            }
        }

        for (int i = 0; i < arguments._params.Count; i++)
        {
            if (arguments._params[i].IsRequired && arguments._values[i] is null)
            {
                throw FailureException.Invalid($"{arguments._params[i].Name} is missing; {tool.Name} needs it (arguments: {arguments.Names()})");
            }
        }

        return arguments;
    }

    /// <summary>The value of a parameter, or what it has when absent; also absent when the tool has no such parameter.</summary>
    public T Get<T>(Param<T> param)
    {
        for (int i = 0; i < _params.Count; i++)
        {
            if (ReferenceEquals(_params[i], param))
            {
                return _values[i] is { } value ? (T)value : param.Absent;
            }
        }

        return param.Absent;
    }

    /// <summary>Adds the stored memories that the arguments name.</summary>
    internal void AddNamed(List<MemoryId> ids)
    {
        foreach (object? value in _values)
        {
            if (value is MemoryId id)
            {
                ids.Add(id);
            }
            else if (value is IReadOnlyList<MemoryId> several)
            {
                ids.AddRange(several);
            }
        }
    }

    private int IndexOf(JsonProperty property)
    {
        if (!IsUnicode(property))
        {
            return -1;
        }

        for (int i = 0; i < _params.Count; i++)
        {
            if (property.NameEquals(_params[i].Name) || (_params[i].Alias is { } alias && property.NameEquals(alias)))
            {
                return i;
            }
        }

        return -1;
    }

    private string Names()
    {
        var names = new StringBuilder();
        foreach (Param param in _params)
        {
            names.Append(names.Length > 0 ? ", " : "").Append(param.Name).Append(param.IsRequired ? "*" : "");
        }

        return names.Length > 0 ? names.ToString() : "none";
    }

    private static string NameOf(JsonProperty property) => IsUnicode(property) ? ArgumentOf.Shown(property.Name) : "(not Unicode)";

    // Half of a surrogate pair is valid JSON, and no text.
    private static bool IsUnicode(JsonProperty property)
    {
        try
        {
            _ = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
