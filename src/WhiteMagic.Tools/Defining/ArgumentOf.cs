using System;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools.Defining;

/// <summary>Reads single values of arguments, with messages that name the argument, what was wrong and what is allowed.</summary>
internal static class ArgumentOf
{
    private const int MostShownChars = 80;

    internal static string Text(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Wrong(name, value, "a string");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The one thing that valid JSON can hold and a text cannot.
            throw FailureException.Invalid($"{name} holds half of a surrogate pair (\\ud800 to \\udfff alone); send whole Unicode characters");
        }
    }

    internal static MemoryId Id(string name, JsonElement value)
    {
        string text = Text(name, value);
        return MemoryId.TryParse(text, out MemoryId id)
            ? id
            : throw FailureException.Invalid($"{name} is \"{Shown(text)}\"; a memory id has the form 01234567-89ab-7def-8123-456789abcdef");
    }

    internal static FailureException Wrong(string name, JsonElement value, string allowed)
    {
        string found = value.ValueKind switch
        {
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "the number " + Shown(value.GetRawText()),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            _ => "null",
        };
        return FailureException.Invalid($"{name} is {found}; allowed: {allowed}");
    }

    /// <summary>As much of a hostile text as a message should repeat.</summary>
    internal static string Shown(string text) =>
        text.Length > MostShownChars ? text[..(char.IsHighSurrogate(text[MostShownChars - 1]) ? MostShownChars - 1 : MostShownChars)] + "…" : text;
}
