using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Gathers the fields of one imported memory by their names and makes the draft of them.</summary>
internal sealed class DraftFields
{
    private MemoryId? _id;
    private MemoryId? _successor;
    private List<MemoryId>? _supersedes;
    private MemoryType _type = MemoryType.Note;
    private double _importance = 0.5;
    private long? _createdAt;
    private long? _updatedAt;
    private long _version = 1;
    private string? _session;
    private string? _speaker;
    private bool _isDeleted;

    public string? Content { get; set; }

    public string Title { get; set; } = "";

    public IReadOnlyList<string> Tags { get; set; } = [];

    public long? EventTimeMs { get; set; }

    public string? Source { get; set; }

    public string? Metadata { get; set; }

    public bool HasId => _id is not null;

    /// <summary>Whether this is the name of a field.</summary>
    public static bool Knows(string name) => name is "memory_id" or "title" or "content" or "tags" or "memory_type" or "importance" or "created_at"
        or "updated_at" or "event_time" or "session_id" or "speaker" or "source" or "metadata" or "version" or "supersedes" or "superseded_by"
        or "deleted_at" || IsComputed(name);

    /// <summary>Sets a field from its text; structured values are JSON.</summary>
    /// <exception cref="FailureException">The value is not what the field takes.</exception>
    public void Set(string name, string value)
    {
        switch (name)
        {
            case "memory_id": _id = Id(name, value); break;
            case "title": Title = value; break;
            case "content": Content = value; break;
            case "tags": Tags = Texts(name, value); break;
            case "memory_type": _type = Type(value); break;
            case "importance": _importance = Number(value); break;
            case "created_at": _createdAt = Time(name, value); break;
            case "updated_at": _updatedAt = Time(name, value); break;
            case "event_time": EventTimeMs = Time(name, value); break;
            case "session_id": _session = value; break;
            case "speaker": _speaker = value; break;
            case "source": Source = value; break;
            case "metadata": Metadata = value; break;
            case "version": _version = Version(value); break;
            case "supersedes": _supersedes = Ids(name, value); break;
            case "superseded_by": _successor = Id(name, value); break;
            case "deleted_at": _isDeleted = true; break;
        }
    }

    /// <summary>Makes the draft.</summary>
    /// <exception cref="FailureException">A field breaks its rule.</exception>
    public MemoryDraft Build(Succession succession)
    {
        if (_isDeleted)
        {
            throw FailureException.Invalid("deleted_at says that this memory was deleted; take that field away to bring it back as a living one");
        }

        var draft = new MemoryDraft
        {
            Content = Content ?? throw FailureException.Invalid("content is missing; it is the only field that every memory needs"),
            Title = Title,
            Tags = Tags,
            Type = _type,
            Importance = _importance,
            EventTimeMs = EventTimeMs,
            SessionId = _session,
            Speaker = _speaker,
            Source = Source,
            Metadata = Metadata,
            Supersedes = Replaced(succession),
            Id = _id,
            CreatedAtMs = _createdAt,
            UpdatedAtMs = _updatedAt,
            Version = _version,
        };
        if (_id is { } id && _successor is { } successor)
        {
            succession.Note(successor, id);
        }

        return draft;
    }

    /// <summary>Tags from a JSON array of texts, or from a text with commas.</summary>
    public static List<string> Texts(string name, string value)
    {
        var texts = new List<string>();
        if (value.StartsWith('[') && TryArray(value) is { } document)
        {
            using (document)
            {
                foreach (JsonElement element in document.RootElement.EnumerateArray())
                {
                    texts.Add(element.ValueKind == JsonValueKind.String
                        ? element.GetString()!
                        : throw FailureException.Invalid($"{name} holds something that is not a text; give an array of texts"));
                }
            }

            return texts;
        }

        foreach (Range range in value.AsSpan().Split(','))
        {
            string text = value[range].Trim();
            if (text.Length > 0)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    // What the store computes or counts itself: known, and not taken over.
    private static bool IsComputed(string name) => name is "access_count" or "last_accessed_at" or "content_hash" or "coordinates";

    private IReadOnlyList<MemoryId> Replaced(Succession succession)
    {
        IReadOnlyList<MemoryId> noted = _id is { } id ? succession.Of(id) : [];
        if (_supersedes is null)
        {
            return noted;
        }

        foreach (MemoryId replaced in noted)
        {
            if (!_supersedes.Contains(replaced))
            {
                _supersedes.Add(replaced);
            }
        }

        return _supersedes;
    }

    private static JsonDocument? TryArray(string value)
    {
        try
        {
            JsonDocument document = JsonText.Parse(value);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return document;
            }

            document.Dispose();
        }
        catch (FailureException)
        {
            // A text such as "[draft], plan" is not JSON and is read as a list with commas.
        }

        return null;
    }

    private static List<MemoryId> Ids(string name, string value)
    {
        var ids = new List<MemoryId>();
        foreach (string text in Texts(name, value))
        {
            ids.Add(Id(name, text));
        }

        return ids;
    }

    private static MemoryId Id(string name, string value) =>
        MemoryId.TryParse(value, out MemoryId id) ? id : throw FailureException.Invalid($"{name} {JsonText.Echo(value)} is not a UUID such as 0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b");

    private static long Time(string name, string value) =>
        Instant.TryParse(value, out long ms) ? ms : throw FailureException.Invalid($"{name} {JsonText.Echo(value)} is not a time; allowed: {Instant.Allowed}");

    private static MemoryType Type(string value) =>
        MemoryTypes.TryParse(value.ToLowerInvariant(), out MemoryType type)
            ? type
            : throw FailureException.Invalid($"memory_type {JsonText.Echo(value)} is unknown; allowed: {string.Join(", ", MemoryTypes.Names)}");

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw FailureException.Invalid($"importance {JsonText.Echo(value)} is not a number from 0 to 1");

    private static long Version(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long version) && version > 0
            ? version
            : throw FailureException.Invalid($"version {JsonText.Echo(value)} is not a whole number from 1 on");
}
