using System.Collections.Generic;
using WhiteMagic.Memory.Hologram;

namespace WhiteMagic.Memory;

/// <summary>One stored memory. Times are milliseconds since 1970-01-01 UTC.</summary>
public sealed class MemoryRecord
{
    public required MemoryId Id { get; init; }

    /// <summary>Empty when it has none.</summary>
    public required string Title { get; init; }

    public required string Content { get; init; }

    /// <summary>Whether <see cref="Content"/> is only the beginning, because only that was asked for.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Whether it is not what was stored: the disk changed it. Then it has no content, and its other fields may be wrong.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Lower case, sorted, unique.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    public required MemoryType Type { get; init; }

    /// <summary>0..1.</summary>
    public required double Importance { get; init; }

    public required long CreatedAtMs { get; init; }

    public required long UpdatedAtMs { get; init; }

    /// <summary>When it happened.</summary>
    public required long EventTimeMs { get; init; }

    public string? SessionId { get; init; }

    public string? Speaker { get; init; }

    public string? Source { get; init; }

    /// <summary>A JSON object as text; null when there is none.</summary>
    public string? Metadata { get; init; }

    /// <summary>1, 2, …</summary>
    public required long Version { get; init; }

    public required long AccessCount { get; init; }

    public long? LastAccessedAtMs { get; init; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When it was deleted; null while it lives.</summary>
    public long? DeletedAtMs { get; init; }

    /// <summary>The memory that replaced this one, where a writer said so.</summary>
    public MemoryId? SupersededBy { get; init; }

    /// <summary>Where it stands today; null when it is deleted.</summary>
    public Coordinates? Coordinates { get; init; }
}
