using System;
using System.IO;
using System.Text.Json;

namespace WhiteMagic.Memory.Exchange;

/// <summary>The formats of import and export, and how a file shows its own.</summary>
public static class ExchangeFormat
{
    public const string Jsonl = "jsonl";
    public const string Markdown = "markdown";
    public const string ServerMemory = "server-memory";
    public const string Sqlite = "sqlite";
    public const string Arrow = "arrow";

    /// <summary>Bytes of the beginning of a file that <see cref="Detect"/> wants to see.</summary>
    public const int HeadBytes = 64 << 10;

    /// <summary>Formats that can be read.</summary>
    public static ReadOnlySpan<string> Readable => new[] { Jsonl, Markdown, ServerMemory, Sqlite };

    /// <summary>Formats that can be written.</summary>
    public static ReadOnlySpan<string> Writable => new[] { Jsonl, Markdown, Arrow };

    /// <summary>Finds the format of a file, or of data without a name, from the beginning of its content and its extension.</summary>
    /// <exception cref="FailureException">Neither tells.</exception>
    public static string Detect(string? path, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("SQLite format 3\0"u8))
        {
            return Sqlite;
        }

        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        bool looksLikeJson = text.TrimStart(" \t\r\n"u8).StartsWith("{"u8);
        return OfExtension(path) switch
        {
            Jsonl => IsGraph(text) ? ServerMemory : Jsonl,
            Markdown => Markdown,
            _ when looksLikeJson => IsGraph(text) ? ServerMemory : Jsonl,
            _ when path is null => Markdown,
            _ => throw FailureException.Invalid(
                $"format cannot be told from {Path.GetFileName(path)}; its extension is none of .jsonl, .ndjson, .json, .md, .markdown, .txt, and it is no SQLite file",
                "give format: " + string.Join(", ", Readable)),
        };
    }

    /// <summary>The format that an extension stands for; null when it stands for none.</summary>
    public static string? OfExtension(string? path) => Path.GetExtension(path)?.ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" or ".json" => Jsonl,
        ".md" or ".markdown" or ".txt" => Markdown,
        ".arrow" => Arrow,
        _ => null,
    };

    /// <summary>Returns the format, or throws the failure that lists those allowed.</summary>
    public static string Check(string format, ReadOnlySpan<string> allowed)
    {
        foreach (string name in allowed)
        {
            if (name == format)
            {
                return name;
            }
        }

        throw FailureException.Invalid($"format {JsonText.Echo(format)} is unknown; allowed: {string.Join(", ", allowed)}");
    }

    // The first object tells: a graph's line says what type it has, a whole graph lists entities and relations.
    private static bool IsGraph(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, isFinalBlock: false, default);
        try
        {
            while (json.Read() && json.CurrentDepth <= 1)
            {
                if (json.TokenType == JsonTokenType.EndObject)
                {
                    return false;
                }

                if (json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                bool isType = json.ValueTextEquals("type"u8);
                bool isList = json.ValueTextEquals("entities"u8) || json.ValueTextEquals("relations"u8);
                bool isText = json.ValueTextEquals("content"u8) || json.ValueTextEquals("text"u8);
                if (isText || !json.Read())
                {
                    return false;
                }

                if ((isType && json.TokenType == JsonTokenType.String && (json.ValueTextEquals("entity"u8) || json.ValueTextEquals("relation"u8)))
                    || (isList && json.TokenType == JsonTokenType.StartArray))
                {
                    return true;
                }

                if (!json.TrySkip())
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            // Its reader will say what is wrong with it.
        }

        return false;
    }
}
