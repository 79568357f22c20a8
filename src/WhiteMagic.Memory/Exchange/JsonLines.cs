using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhiteMagic.Memory.Exchange;

/// <summary>One memory per line as a JSON object, the format that keeps everything.</summary>
public static class JsonLines
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Makes the writer that <see cref="Write"/> takes.</summary>
    public static Utf8JsonWriter OpenWriter(Stream stream) => new(stream, _options);

    /// <summary>Writes a memory as a line.</summary>
    public static void Write(Utf8JsonWriter json, Stream stream, MemoryRecord memory)
    {
        MemoryJson.Write(json, memory);
        json.Flush();
        json.Reset();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads line by line; each line that is not empty is either taken or fails.</summary>
    public static void Read(Stream stream, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
    {
        var lines = new LineReader(stream);
        var succession = new Succession();
        while (lines.Read())
        {
            if (!IsBlank(lines))
            {
                MemoryDraft? draft = null;
                string reason = "";
                try
                {
                    draft = Parse(lines, succession);
                }
                catch (FailureException e)
                {
                    reason = e.Message;
                }

                if (draft is not null)
                {
                    take(draft, lines.Number);
                }
                else
                {
                    fail(new ImportIssue(lines.Number, reason));
                }
            }
        }
    }

    /// <summary>Whether a line holds nothing.</summary>
    internal static bool IsBlank(LineReader lines) => !lines.IsTooLong && lines.Line.Span.Trim(" \t\r"u8).Length == 0;

    /// <summary>Parses a line that must hold one JSON object.</summary>
    internal static JsonDocument ParseObject(LineReader lines)
    {
        if (lines.IsTooLong)
        {
            throw FailureException.Invalid($"the line is longer than {LineReader.MaxLineBytes} bytes");
        }

        JsonDocument document = JsonText.Parse(lines.Line);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw FailureException.Invalid("it is not a JSON object; each line holds one, such as {\"content\":\"…\"}");
    }

    private static MemoryDraft Parse(LineReader lines, Succession succession)
    {
        using JsonDocument document = ParseObject(lines);
        var fields = new DraftFields();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (!names.Add(member.Name))
            {
                throw FailureException.Invalid($"the member {JsonText.Echo(member.Name)} occurs twice");
            }

            if (DraftFields.Knows(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
            {
                fields.Set(member.Name, TextOf(member.Name, member.Value));
            }
        }

        names.Clear();
        StringBuilder? extra = null;
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (!DraftFields.Knows(member.Name) && !TrySetAlias(fields, member))
            {
                names.Add(member.Name);
                extra ??= new StringBuilder();
                extra.Append(',').Append(JsonText.Quote(member.Name)).Append(':').Append(member.Value.GetRawText());
            }
        }

        if (extra is not null)
        {
            fields.Metadata = Merge(document.RootElement, extra, names);
        }

        return fields.Build(succession);
    }

    private static string TextOf(string name, JsonElement value)
    {
        bool isStructured = value.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => false,
            JsonValueKind.Array => name is "tags" or "supersedes",
            JsonValueKind.Object => name is "metadata" or "coordinates",
            _ => throw FailureException.Invalid($"{name} is true or false, which it cannot be"),
        };
        return value.ValueKind is JsonValueKind.String ? value.GetString()!
            : isStructured || value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : throw FailureException.Invalid($"{name} is an {(value.ValueKind == JsonValueKind.Array ? "array" : "object")}, which it cannot be");
    }

    // Names that other programs give to our fields; they count when ours is absent and the value fits.
    private static bool TrySetAlias(DraftFields fields, JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        string text = member.Value.GetString()!;
        switch (member.Name)
        {
            case "id" when !fields.HasId && MemoryId.TryParse(text, out _):
                fields.Set("memory_id", text);
                return true;
            case "text" when fields.Content is null:
                fields.Content = text;
                return true;
            case "timestamp" or "date" when fields.EventTimeMs is null && Instant.TryParse(text, out long ms):
                fields.EventTimeMs = ms;
                return true;
            default:
                return false;
        }
    }

    // Members that are no fields are kept in the metadata.
    private static string Merge(JsonElement line, StringBuilder extra, HashSet<string> extraNames)
    {
        if (!line.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind == JsonValueKind.Null)
        {
            return "{" + extra.ToString(1, extra.Length - 1) + "}";
        }

        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw FailureException.Invalid("metadata is not a JSON object; give one such as {\"project\":\"alpha\"}");
        }

        bool isEmpty = true;
        foreach (JsonProperty member in metadata.EnumerateObject())
        {
            isEmpty = false;
            if (extraNames.Contains(member.Name))
            {
                throw FailureException.Invalid($"the member {JsonText.Echo(member.Name)} is in the line and in its metadata");
            }
        }

        return isEmpty ? "{" + extra.ToString(1, extra.Length - 1) + "}" : metadata.GetRawText()[..^1] + extra + "}";
    }
}
