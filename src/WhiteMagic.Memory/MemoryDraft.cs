using System;
using System.Collections.Generic;

namespace WhiteMagic.Memory;

/// <summary>A memory before it is stored. Every property is checked when it is set, so a draft is always storable.</summary>
public sealed class MemoryDraft
{
    /// <summary>The importance of a memory of which nobody said it.</summary>
    public const double UsualImportance = 0.5;

    public required string Content { get; init => field = MemoryFields.Content(value); }

    public string Title { get; init => field = MemoryFields.Title(value); } = "";

    public IReadOnlyList<string> Tags { get; init => field = MemoryFields.Tags(value); } = [];

    public MemoryType Type { get; init; } = MemoryType.Note;

    public double Importance { get; init => field = MemoryFields.Importance(value); } = UsualImportance;

    /// <summary>When it happened; null means when it is stored.</summary>
    public long? EventTimeMs { get; init; }

    public string? SessionId { get; init => field = MemoryFields.Name("session_id", value); }

    public string? Speaker { get; init => field = MemoryFields.Name("speaker", value); }

    public string? Source { get; init => field = MemoryFields.Name("source", value); }

    /// <summary>A JSON object as text.</summary>
    public string? Metadata { get; init => field = MemoryFields.Metadata(value); }

    /// <summary>Memories that this one replaces.</summary>
    public IReadOnlyList<MemoryId> Supersedes { get; init; } = [];

    /// <summary>The id to keep when a memory is brought from elsewhere; null makes one.</summary>
    public MemoryId? Id { get; init; }

    /// <summary>The time of creation to keep when a memory is brought from elsewhere; null means now.</summary>
    public long? CreatedAtMs { get; init; }

    /// <summary>The time of the last change to keep; null means the time of creation.</summary>
    public long? UpdatedAtMs { get; init; }

    /// <summary>The version to keep when a memory is brought from elsewhere.</summary>
    public long Version { get; init => field = Math.Max(1, value); } = 1;
}
