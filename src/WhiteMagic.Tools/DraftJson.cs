using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools;

/// <summary>A draft as the canonical arguments with which <c>create_memory</c> would store it: members sorted by name, absent ones left out.</summary>
internal static class DraftJson
{
    /// <summary>Writes the object.</summary>
    internal static void Write(Utf8JsonWriter json, MemoryDraft draft)
    {
        json.WriteStartObject();
        json.WriteString("content"u8, draft.Content);
        if (draft.EventTimeMs is { } eventTimeMs)
        {
            json.WriteString("event_time"u8, Instant.Format(eventTimeMs));
        }

        json.WriteNumber("importance"u8, draft.Importance);
        json.WriteString("memory_type"u8, MemoryTypes.NameOf(draft.Type));
        if (draft.Metadata is { } metadata)
        {
            json.WritePropertyName("metadata"u8);
            json.WriteRawValue(metadata, skipInputValidation: true);
        }

        WriteText(json, "session_id", draft.SessionId);
        WriteText(json, "source", draft.Source);
        WriteText(json, "speaker", draft.Speaker);
        if (draft.Supersedes.Count > 0)
        {
            Families.Common.WriteIds(json, "supersedes", draft.Supersedes);
        }

        WriteTexts(json, "tags", draft.Tags);
        WriteText(json, "title", draft.Title);
        json.WriteEndObject();
    }

    /// <summary>The draft with its texts as they are in an object from which a rule took something out.</summary>
    internal static MemoryDraft Redacted(MemoryDraft draft, System.ReadOnlyMemory<byte> redacted)
    {
        using JsonDocument document = JsonDocument.Parse(redacted);
        JsonElement given = document.RootElement;
        return new MemoryDraft
        {
            Content = Text(given, "content")!,
            Title = Text(given, "title") ?? "",
            Tags = Texts(given, "tags"),
            Type = draft.Type,
            Importance = draft.Importance,
            EventTimeMs = draft.EventTimeMs,
            SessionId = Text(given, "session_id"),
            Speaker = Text(given, "speaker"),
            Source = Text(given, "source"),
            Metadata = given.TryGetProperty("metadata"u8, out JsonElement metadata) ? metadata.GetRawText() : null,
            Supersedes = draft.Supersedes,
            Id = draft.Id,
            CreatedAtMs = draft.CreatedAtMs,
            UpdatedAtMs = draft.UpdatedAtMs,
            Version = draft.Version,
        };
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }

    private static string? Text(JsonElement given, string name) => given.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static List<string> Texts(JsonElement given, string name)
    {
        var texts = new List<string>();
        if (given.TryGetProperty(name, out JsonElement array))
        {
            foreach (JsonElement text in array.EnumerateArray())
            {
                texts.Add(text.GetString()!);
            }
        }

        return texts;
    }
}
