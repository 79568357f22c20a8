using System.Collections.Generic;

namespace WhiteMagic.Memory;

/// <summary>Which memories are meant; a null property admits all.</summary>
public sealed class MemoryFilter
{
    /// <summary>All of these must be present. Stored form: lower case.</summary>
    public IReadOnlyList<string> Tags { get; init => field = MemoryFields.Tags(value); } = [];

    public MemoryType? Type { get; init; }

    public string? SessionId { get; init => field = MemoryFields.Wanted("session_id", value); }

    public string? Speaker { get; init => field = MemoryFields.Wanted("speaker", value); }

    /// <summary>Earliest event time, inclusive.</summary>
    public long? SinceMs { get; init; }

    /// <summary>Latest event time, exclusive.</summary>
    public long? UntilMs { get; init; }

    /// <summary>Whether deleted memories (tombstones) are listed too; a search never finds them.</summary>
    public bool IncludeDeleted { get; init; }
}
