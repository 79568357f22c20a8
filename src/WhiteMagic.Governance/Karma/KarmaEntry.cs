using System;
using System.Text;

namespace WhiteMagic.Governance.Karma;

/// <summary>One entry of the ledger: what was done or refused, sealed by the hash of all its fields and of the entry before.</summary>
public sealed class KarmaEntry
{
    /// <summary>1 for the first entry of a chain, then one more each.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the call began, milliseconds since 1970-01-01 UTC.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The tool's listed name.</summary>
    public required string Tool { get; init; }

    /// <summary>Client name and version; empty when unknown.</summary>
    public required string Agent { get; init; }

    /// <summary>The session the call named; empty when none.</summary>
    public required string Session { get; init; }

    /// <summary>The effect that the tool declares.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Memory rows really changed, as counted by the storage; access counters do not count.</summary>
    public required long Changed { get; init; }

    /// <summary><c>ok</c> or the error code of the refusal or failure.</summary>
    public required string Outcome { get; init; }

    /// <summary>Names of the rules that matched, joined by commas.</summary>
    public required string Rules { get; init; }

    /// <summary>Score of the ruling, 0..1.</summary>
    public required double Score { get; init; }

    /// <summary>SHA-256 of a random salt and the canonical arguments; 32 bytes.</summary>
    public required ReadOnlyMemory<byte> ArgumentsHash { get; init; }

    /// <summary>The memories concerned, 16 bytes each (RFC 9562 byte order).</summary>
    public required ReadOnlyMemory<byte> MemoryIds { get; init; }

    /// <summary>From the beginning of the call until this entry was sealed, in microseconds.</summary>
    public required long DurationUs { get; init; }

    /// <summary>Hash of the entry before; 32 zero bytes for the first.</summary>
    public required ReadOnlyMemory<byte> PreviousHash { get; init; }

    /// <summary>SHA-256 of the canonical encoding of all fields above; 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The entry of fields, which may be read from a store only while they lie there.</summary>
    public static KarmaEntry Of(in KarmaFields f) => new()
    {
        Sequence = f.Sequence,
        TimeMs = f.TimeMs,
        Tool = Encoding.UTF8.GetString(f.Tool),
        Agent = Encoding.UTF8.GetString(f.Agent),
        Session = Encoding.UTF8.GetString(f.Session),
        Effect = (Effect)Math.Clamp(f.Effect, -1, 256), // out of range stays out of range
        Changed = f.Changed,
        Outcome = Encoding.UTF8.GetString(f.Outcome),
        Rules = Encoding.UTF8.GetString(f.Rules),
        Score = f.Score,
        ArgumentsHash = f.ArgumentsHash.ToArray(),
        MemoryIds = f.MemoryIds.ToArray(),
        DurationUs = f.DurationUs,
        PreviousHash = f.PreviousHash.ToArray(),
        Hash = f.Hash.ToArray(),
    };

    /// <summary>The fields of this entry.</summary>
    public KarmaFields ToFields() => new()
    {
        Sequence = Sequence,
        TimeMs = TimeMs,
        Tool = Encoding.UTF8.GetBytes(Tool),
        Agent = Encoding.UTF8.GetBytes(Agent),
        Session = Encoding.UTF8.GetBytes(Session),
        Effect = (long)Effect,
        Changed = Changed,
        Outcome = Encoding.UTF8.GetBytes(Outcome),
        Rules = Encoding.UTF8.GetBytes(Rules),
        Score = Score,
        ArgumentsHash = ArgumentsHash.Span,
        MemoryIds = MemoryIds.Span,
        DurationUs = DurationUs,
        PreviousHash = PreviousHash.Span,
        Hash = Hash.Span,
    };
}
