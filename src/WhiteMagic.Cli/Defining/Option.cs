using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace WhiteMagic.Cli.Defining;

/// <summary>What kind of value an option takes.</summary>
internal enum OptionKind
{
    /// <summary>None: it is given or not.</summary>
    Flag,
    Text,

    /// <summary>Texts separated by commas.</summary>
    Texts,
    Whole,
    Fraction,

    /// <summary>A JSON object.</summary>
    Object,
}

/// <summary>One option of a verb: its name, its value, its help and the tool argument it becomes, all in one row.</summary>
internal sealed class Option
{
    private Option(string name, OptionKind kind, string valueName, string help)
    {
        Name = name;
        Kind = kind;
        ValueName = valueName;
        Help = help;
    }

    /// <summary>With its dashes.</summary>
    internal string Name { get; }

    internal OptionKind Kind { get; }

    /// <summary>What help calls the value; empty for a flag.</summary>
    internal string ValueName { get; }

    internal string Help { get; }

    /// <summary>The argument of the tool that the value becomes; null when the verb itself reads it.</summary>
    internal string? Argument { get; init; }

    /// <summary>The only values allowed; empty admits any.</summary>
    internal IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Says what is allowed when a value is not; null when it is. Null admits every value of the kind.</summary>
    internal Func<string, string?>? Refusal { get; init; }

    /// <summary>Whether the value is a file or folder, for completion.</summary>
    internal bool IsPath { get; init; }

    internal static Option Flag(string name, string help, string? argument = null) =>
        new(name, OptionKind.Flag, "", help) { Argument = argument };

    internal static Option Text(string name, string valueName, string help, string? argument = null, bool isPath = false, params string[] choices) =>
        new(name, OptionKind.Text, valueName, help) { Argument = argument, IsPath = isPath, Choices = choices };

    internal static Option Texts(string name, string valueName, string help, string argument, Func<string, string?>? refusal = null) =>
        new(name, OptionKind.Texts, valueName, help) { Argument = argument, Refusal = refusal };

    /// <summary>A text that is not empty, or not any.</summary>
    internal static Option Filled(string name, string valueName, string help, string? argument, Func<string, string?>? refusal = null, bool isPath = false) =>
        new(name, OptionKind.Text, valueName, help) { Argument = argument, Refusal = refusal ?? Allowed.Filled, IsPath = isPath };

    internal static Option Whole(string name, string valueName, string help, string? argument, long least, long most) =>
        new(name, OptionKind.Whole, valueName, help) { Argument = argument, Refusal = value => Allowed.Within(value, least, most) };

    internal static Option Time(string name, string help, string argument) =>
        new(name, OptionKind.Text, "TIME", help) { Argument = argument, Refusal = Allowed.Time };

    internal static Option Fraction(string name, string help, string argument) =>
        new(name, OptionKind.Fraction, "0..1", help) { Argument = argument };

    internal static Option Object(string name, string help, string argument) =>
        new(name, OptionKind.Object, "JSON", help) { Argument = argument };

    /// <summary>Says what is wrong with a value; null when nothing is.</summary>
    internal string? Refuse(string value)
    {
        if (Choices.Count > 0)
        {
            foreach (string choice in Choices)
            {
                if (choice == value)
                {
                    return null;
                }
            }

            return $"{Name} is \"{Printable.OneLine(value)}\"; allowed: {string.Join(", ", Choices)}";
        }

        if (Refusal?.Invoke(value) is { } allowed)
        {
            return $"{Name} is \"{Printable.OneLine(value)}\"; {allowed}";
        }

        return Kind switch
        {
            OptionKind.Whole when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
                $"{Name} is \"{Printable.OneLine(value)}\"; a whole number is allowed",
            OptionKind.Fraction when !(double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1) =>
                $"{Name} is \"{Printable.OneLine(value)}\"; a number from 0 to 1 is allowed",
            OptionKind.Object when !IsObject(value) => $"{Name} is not a JSON object; give one such as '{{\"project\":\"alpha\"}}'",
            _ => null,
        };
    }

    /// <summary>Writes the value as the tool's argument. It was not refused.</summary>
    internal void Write(Utf8JsonWriter json, string value)
    {
        string argument = Argument!;
        switch (Kind)
        {
            case OptionKind.Flag:
                json.WriteBoolean(argument, true);
                break;
            case OptionKind.Whole:
                json.WriteNumber(argument, long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
                break;
            case OptionKind.Fraction:
                json.WriteNumber(argument, double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case OptionKind.Object:
                json.WritePropertyName(argument);
                json.WriteRawValue(value, skipInputValidation: true);
                break;
            case OptionKind.Texts:
                json.WriteStartArray(argument);
                foreach (string text in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteString(argument, value);
                break;
        }
    }

    private static bool IsObject(string value)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
