using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhiteMagic.Memory;

/// <summary>The rules of each field: returns the value as it is stored, or throws the failure that names the field and its limit.</summary>
public static class MemoryFields
{
    public static string Content(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        if (bytes > Limits.ContentBytes)
        {
            throw FailureException.TooLarge("content", bytes, Limits.ContentBytes, "bytes");
        }

        return string.IsNullOrWhiteSpace(value) ? throw FailureException.Invalid("content is empty; give the text to remember") : value;
    }

    public static string Title(string value)
    {
        string title = value.Trim();
        int chars = Limits.Characters(title);
        return chars > Limits.TitleChars ? throw FailureException.TooLarge("title", chars, Limits.TitleChars, "characters") : title;
    }

    /// <summary>Lower case, sorted by code unit, unique.</summary>
    public static string[] Tags(IReadOnlyList<string> values)
    {
        var tags = new List<string>(values.Count);
        foreach (string value in values)
        {
            string tag = value.Trim().ToLowerInvariant();
            if (tag.Length == 0)
            {
                throw FailureException.Invalid("tags holds an empty tag; a tag has 1 to 128 characters");
            }

            if (Limits.Characters(tag) is > Limits.TagChars and var chars)
            {
                throw FailureException.TooLarge("tags: a tag", chars, Limits.TagChars, "characters");
            }

            foreach (char c in tag)
            {
                if (char.IsControl(c))
                {
                    throw FailureException.Invalid($"tags: a tag holds the control character U+{(int)c:X4}; printable characters are allowed");
                }
            }

            int at = tags.BinarySearch(tag, StringComparer.Ordinal);
            if (at < 0)
            {
                tags.Insert(~at, tag);
            }

            // At once: sorting in a million of them takes minutes.
            if (tags.Count > Limits.TagCount)
            {
                throw FailureException.TooLarge("tags", values.Count, Limits.TagCount, "tags");
            }
        }

        return tags.ToArray();
    }

    public static double Importance(double value) =>
        value is >= 0 and <= 1
            ? value
            : throw FailureException.Invalid(string.Create(CultureInfo.InvariantCulture, $"importance is {value}; a number from 0 to 1 is allowed"));

    /// <summary>Session, speaker and source: trimmed; empty becomes null.</summary>
    public static string? Name(string field, string? value)
    {
        string? name = value?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        int chars = Limits.Characters(name);
        return chars > Limits.NameChars ? throw FailureException.TooLarge(field, chars, Limits.NameChars, "characters") : name;
    }

    /// <summary>The session or speaker that a filter asks for; an empty one would silently admit all.</summary>
    internal static string? Wanted(string field, string? value) =>
        value is null ? null : Name(field, value) ?? throw FailureException.Invalid($"{field} is empty; give the one that is meant, or leave it out for all");

    /// <summary>Checks that metadata is a JSON object within its limit; null and <c>{}</c> are stored as null.</summary>
    public static string? Metadata(string? json)
    {
        if (json is null)
        {
            return null;
        }

        int bytes = Encoding.UTF8.GetByteCount(json);
        if (bytes > Limits.MetadataBytes)
        {
            throw FailureException.TooLarge("metadata", bytes, Limits.MetadataBytes, "bytes");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw FailureException.Invalid("metadata is not a JSON object; give one such as {\"project\":\"alpha\"}");
            }

            return document.RootElement.EnumerateObject().MoveNext() ? json : null;
        }
        catch (JsonException)
        {
            throw FailureException.Invalid("metadata is not valid JSON; give an object such as {\"project\":\"alpha\"}");
        }
    }
}
