using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools.Defining;

/// <summary>A text.</summary>
public sealed class TextParam(string name, string? help = null) : Param<string?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Simple(json, "string", help);

    internal override object Parse(JsonElement value) => ArgumentOf.Text(Name, value);
}

/// <summary>One of a few words.</summary>
public sealed class ChoiceParam(string name, string? absent, params string[] choices) : Param<string?>(name, absent)
{
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("enum");
        foreach (string choice in choices)
        {
            json.WriteStringValue(choice);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal override object Parse(JsonElement value)
    {
        string text = ArgumentOf.Text(Name, value);
        return Array.IndexOf(choices, text) >= 0
            ? text
            : throw FailureException.Invalid($"{Name} is \"{ArgumentOf.Shown(text)}\"; allowed: {string.Join(", ", choices)}");
    }
}

/// <summary>A whole number within bounds.</summary>
public sealed class IntegerParam(string name, long absent, long least, long most) : Param<long>(name, absent)
{
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "integer");
        json.WriteNumber("minimum", least);
        if (most < int.MaxValue)
        {
            json.WriteNumber("maximum", most);
        }

        if (Absent != 0 && Absent != most)
        {
            json.WriteNumber("default", Absent);
        }

        json.WriteEndObject();
    }

    internal override object Parse(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !TryWhole(value, out long number))
        {
            throw ArgumentOf.Wrong(Name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        }

        return number >= least && number <= most
            ? number
            : throw FailureException.Invalid(string.Create(CultureInfo.InvariantCulture, $"{Name} is {number}; {least} to {most} is allowed"));
    }

    // Some clients write 10 as 10.0.
    private static bool TryWhole(JsonElement value, out long number)
    {
        if (value.TryGetInt64(out number))
        {
            return true;
        }

        number = value.TryGetDouble(out double real) && Math.Abs(real) < 1e15 && real == Math.Floor(real) ? (long)real : long.MinValue;
        return number != long.MinValue;
    }
}

/// <summary>A whole number that may be absent.</summary>
public sealed class OptionalIntegerParam(string name, long least, long most) : Param<long?>(name, null)
{
    private readonly IntegerParam _bounded = new(name, 0, least, most);

    public override void WriteSchema(Utf8JsonWriter json) => _bounded.WriteSchema(json);

    internal override object Parse(JsonElement value) => _bounded.Parse(value);
}

/// <summary>A number that may be absent.</summary>
public sealed class NumberParam(string name, double least, double most) : Param<double?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Simple(json, "number", null);

    internal override object Parse(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : throw ArgumentOf.Wrong(Name, value, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
}

/// <summary>A number from 0 to 1 that may be absent.</summary>
public sealed class FractionParam(string name) : Param<double?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "number");
        json.WriteNumber("minimum", 0);
        json.WriteNumber("maximum", 1);
        json.WriteEndObject();
    }

    internal override object Parse(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number is >= 0 and <= 1
            ? number
            : throw ArgumentOf.Wrong(Name, value, "a number from 0 to 1");
}

/// <summary>True or false; absent, false.</summary>
public sealed class FlagParam(string name, string? help = null) : Param<bool>(name, false)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Simple(json, "boolean", help);

    internal override object Parse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw ArgumentOf.Wrong(Name, value, "true or false"),
    };
}

/// <summary>A list of texts; absent, null.</summary>
public sealed class TextsParam(string name) : Param<IReadOnlyList<string>?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Texts(json);

    internal override object Parse(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw ArgumentOf.Wrong(Name, value, "an array of strings");
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            texts.Add(ArgumentOf.Text(Name + "[]", item));
        }

        return texts;
    }
}

/// <summary>The id of a memory; absent, null.</summary>
public sealed class IdParam(string name) : Param<MemoryId?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Simple(json, "string", null);

    internal override object Parse(JsonElement value) => ArgumentOf.Id(Name, value);
}

/// <summary>A list of ids of memories; absent, null.</summary>
public sealed class IdsParam(string name, int most) : Param<IReadOnlyList<MemoryId>?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Texts(json);

    internal override object Parse(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw ArgumentOf.Wrong(Name, value, "an array of memory ids");
        }

        if (value.GetArrayLength() > most)
        {
            throw FailureException.TooLarge(Name, value.GetArrayLength(), most, "ids");
        }

        var ids = new List<MemoryId>(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            ids.Add(ArgumentOf.Id(Name + "[]", item));
        }

        return ids;
    }
}

/// <summary>A time in RFC 3339, as milliseconds since 1970-01-01 UTC; absent, null.</summary>
public sealed class TimeParam(string name, string? help = null) : Param<long?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Simple(json, "string", help);

    internal override object Parse(JsonElement value)
    {
        string text = ArgumentOf.Text(Name, value);
        return Instant.TryParse(text, out long ms)
            ? ms
            : throw FailureException.Invalid($"{Name} is \"{ArgumentOf.Shown(text)}\"; allowed: {Instant.Allowed}");
    }
}

/// <summary>A JSON object, as text; absent, null.</summary>
public sealed class ObjectParam(string name) : Param<string?>(name, null)
{
    public override void WriteSchema(Utf8JsonWriter json) => SchemaOf.Simple(json, "object", null);

    internal override object Parse(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.GetRawText() : throw ArgumentOf.Wrong(Name, value, "a JSON object");
}
