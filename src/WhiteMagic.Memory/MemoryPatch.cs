using System.Collections.Generic;

namespace WhiteMagic.Memory;

/// <summary>A change to a memory. A null property stays as it is; an empty text clears a field that may be empty.</summary>
public sealed class MemoryPatch
{
    public string? Content { get; init => field = value is null ? null : MemoryFields.Content(value); }

    public string? Title { get; init => field = value is null ? null : MemoryFields.Title(value); }

    public IReadOnlyList<string>? Tags { get; init => field = value is null ? null : MemoryFields.Tags(value); }

    public MemoryType? Type { get; init; }

    public double? Importance { get; init => field = value is null ? null : MemoryFields.Importance(value.Value); }

    public long? EventTimeMs { get; init; }

    /// <summary>Empty clears it.</summary>
    public string? SessionId { get; init => field = value is null ? null : MemoryFields.Name("session_id", value) ?? ""; }

    /// <summary>Empty clears it.</summary>
    public string? Speaker { get; init => field = value is null ? null : MemoryFields.Name("speaker", value) ?? ""; }

    /// <summary>Empty clears it.</summary>
    public string? Source { get; init => field = value is null ? null : MemoryFields.Name("source", value) ?? ""; }

    /// <summary>A JSON object as text; <c>{}</c> clears it.</summary>
    public string? Metadata { get; init => field = value is null ? null : MemoryFields.Metadata(value) ?? ""; }

    /// <summary>Memories that this one replaces, further ones.</summary>
    public IReadOnlyList<MemoryId>? Supersedes { get; init; }

    /// <summary>Whether nothing would change.</summary>
    public bool IsEmpty =>
        Content is null && Title is null && Tags is null && Type is null && Importance is null && EventTimeMs is null
        && SessionId is null && Speaker is null && Source is null && Metadata is null && Supersedes is null;
}
