using System;

namespace WhiteMagic.Governance.Karma;

/// <summary>The fields of an entry as they lie in the store, texts as UTF-8: what an encoding is made of, without an object for each entry.</summary>
public readonly ref struct KarmaFields
{
    /// <summary>1 for the first entry of a chain, then one more each.</summary>
    public long Sequence { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long TimeMs { get; init; }

    /// <summary>The tool's listed name.</summary>
    public ReadOnlySpan<byte> Tool { get; init; }

    /// <summary>Client name and version; empty when unknown.</summary>
    public ReadOnlySpan<byte> Agent { get; init; }

    /// <summary>The session that the call named; empty when none.</summary>
    public ReadOnlySpan<byte> Session { get; init; }

    /// <summary>As it was declared; a value that no effect has is kept as it is.</summary>
    public long Effect { get; init; }

    /// <summary>Memory rows changed.</summary>
    public long Changed { get; init; }

    /// <summary><c>ok</c> or an error code.</summary>
    public ReadOnlySpan<byte> Outcome { get; init; }

    /// <summary>Names of the rules that matched.</summary>
    public ReadOnlySpan<byte> Rules { get; init; }

    /// <summary>Of the ruling, 0..1.</summary>
    public double Score { get; init; }

    /// <summary>32 bytes, unless the store was changed.</summary>
    public ReadOnlySpan<byte> ArgumentsHash { get; init; }

    /// <summary>16 bytes each, unless the store was changed.</summary>
    public ReadOnlySpan<byte> MemoryIds { get; init; }

    /// <summary>Microseconds.</summary>
    public long DurationUs { get; init; }

    /// <summary>Hash of the entry before; 32 bytes, unless the store was changed.</summary>
    public ReadOnlySpan<byte> PreviousHash { get; init; }

    /// <summary>As it is stored; not part of the encoding.</summary>
    public ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>Whether every field has a length and value that the encoding has room for: others could stand for the same bytes.</summary>
    public bool HaveTheirLengths =>
        ArgumentsHash.Length == KarmaEncoding.HashBytes && MemoryIds.Length % KarmaEncoding.IdBytes == 0 && PreviousHash.Length == KarmaEncoding.HashBytes
        && Effect is >= byte.MinValue and <= byte.MaxValue;
}

/// <summary>Looks at an entry; false ends the reading.</summary>
public delegate bool KarmaVisit(in KarmaFields fields);
