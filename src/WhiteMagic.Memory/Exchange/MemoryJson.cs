using System.Collections.Generic;
using System.Text.Json;
using WhiteMagic.Memory.Recall;

namespace WhiteMagic.Memory.Exchange;

/// <summary>The one place that writes a memory as a JSON object. What a memory does not have is left out.</summary>
public static class MemoryJson
{
    /// <summary>Writes the whole memory.</summary>
    public static void Write(Utf8JsonWriter json, MemoryRecord memory) => WriteObject(json, memory, "content", memory.Content);

    /// <summary>Writes the memory with a part of its content as <c>content</c>, and with its history when there are others in it.</summary>
    public static void WriteWindow(Utf8JsonWriter json, MemoryRecord memory, ContentWindow window, IReadOnlyList<MemoryRecord>? history = null) =>
        WriteObject(json, memory, "content", window.Text, isShown: true, history: history);

    /// <summary>Writes the memory with a <c>snippet</c> in place of its content, and without its coordinates: a list has many.</summary>
    public static void WriteSnippet(Utf8JsonWriter json, MemoryRecord memory, string snippet) => WriteObject(json, memory, "snippet", snippet, withCoordinates: false, isShown: true);

    /// <summary>Writes every member but the content into an object that is already open, so that a caller can add its own.</summary>
    public static void WriteMembers(Utf8JsonWriter json, MemoryRecord memory)
    {
        WriteHead(json, memory);
        WriteTail(json, memory, withCoordinates: true);
    }

    private static void WriteObject(Utf8JsonWriter json, MemoryRecord memory, string bodyName, string body, bool withCoordinates = true, bool isShown = false,
        IReadOnlyList<MemoryRecord>? history = null)
    {
        json.WriteStartObject();
        WriteHead(json, memory);
        json.WriteString(bodyName, body);
        WriteTail(json, memory, withCoordinates);
        if (isShown)
        {
            WriteSuspicion(json, memory.Title, body);
        }

        if (history is { Count: > 1 })
        {
            WriteHistory(json, history);
        }

        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, IReadOnlyList<MemoryRecord> history)
    {
        json.WriteStartArray("history");
        foreach (MemoryRecord memory in history)
        {
            string beginning = Snippet.Beginning(memory.Content);
            json.WriteStartObject();
            WriteHead(json, memory);
            json.WriteString("snippet", beginning);
            WriteTime(json, "created_at", memory.CreatedAtMs);
            WriteText(json, "superseded_by", memory.SupersededBy?.ToString());
            WriteSuspicion(json, memory.Title, beginning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, MemoryRecord memory)
    {
        json.WriteString("memory_id", memory.Id.ToString());
        json.WriteString("title", memory.Title);
    }

    private static void WriteTail(Utf8JsonWriter json, MemoryRecord memory, bool withCoordinates)
    {
        json.WriteStartArray("tags");
        foreach (string tag in memory.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("memory_type", MemoryTypes.NameOf(memory.Type));
        json.WriteNumber("importance", memory.Importance);
        WriteTime(json, "created_at", memory.CreatedAtMs);
        WriteTime(json, "updated_at", memory.UpdatedAtMs);
        WriteTime(json, "event_time", memory.EventTimeMs);
        WriteText(json, "session_id", memory.SessionId);
        WriteText(json, "speaker", memory.Speaker);
        WriteText(json, "source", memory.Source);
        if (memory.Metadata is { } metadata)
        {
            json.WritePropertyName("metadata");
            json.WriteRawValue(OneLine(metadata), skipInputValidation: true);
        }

        json.WriteNumber("version", memory.Version);
        json.WriteNumber("access_count", memory.AccessCount);
        WriteTime(json, "last_accessed_at", memory.LastAccessedAtMs);
        json.WriteString("content_hash", memory.ContentHash);
        if (withCoordinates)
        {
            memory.Coordinates?.Write(json);
        }

        WriteText(json, "superseded_by", memory.SupersededBy?.ToString());
        WriteTime(json, "deleted_at", memory.DeletedAtMs);
    }

    /// <summary>Says when what is shown reads like orders to the model.</summary>
    public static void WriteSuspicion(Utf8JsonWriter json, string title, string body) => WriteText(json, "suspicious", Suspicion.Of(title, body));

    /// <summary>Stored JSON on one line: a line break in JSON can only stand between tokens, and every format that we write is made of lines.</summary>
    internal static string OneLine(string json) => json.Replace('\n', ' ').Replace('\r', ' ');

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long? ms)
    {
        if (ms is { } time)
        {
            json.WriteString(name, Instant.Format(time));
        }
    }
}
