using System.Collections.Generic;
using WhiteMagic.Memory.Hologram;
using WhiteMagic.Memory.Recall;

namespace WhiteMagic.Memory;

/// <summary>What storing a draft did.</summary>
/// <param name="Id">The stored memory, or the one that already held this text.</param>
/// <param name="Created">False when the text was there already and was reinforced.</param>
/// <param name="Version">Its version.</param>
public readonly record struct CreateOutcome(MemoryId Id, bool Created, long Version)
{
    /// <summary>Where it stands today; null only for a store that was damaged.</summary>
    public Coordinates? Coordinates { get; init; }

    /// <summary>Other memories that say nearly the same, most alike first; null when there are none or the text was there already.</summary>
    public IReadOnlyList<SimilarMemory>? Similar { get; init; }
}

/// <summary>A memory whose text is nearly that of another.</summary>
/// <param name="id">The memory.</param>
/// <param name="title">Its title; empty when it has none.</param>
/// <param name="similarity">Estimated share of common wording, 0..1.</param>
public sealed class SimilarMemory(MemoryId id, string title, double similarity)
{
    public MemoryId Id { get; } = id;

    public string Title { get; } = title;

    public double Similarity { get; } = similarity;
}

/// <summary>Whether the bytes of a purged memory are gone from every file.</summary>
public enum PurgeState
{
    /// <summary>No byte of the content is left in the database or its log.</summary>
    Erased,

    /// <summary>Another process still reads the write-ahead log; the store tries again at every change and pause.</summary>
    Pending,
}

/// <summary>What a purge did.</summary>
/// <param name="State">Whether the bytes are gone.</param>
/// <param name="StoredAtMs">Since when the memory may have been in copies of the store.</param>
public readonly record struct PurgeOutcome(PurgeState State, long StoredAtMs);

/// <summary>A page of a list.</summary>
/// <param name="Memories">Newest first.</param>
/// <param name="NextCursor">Where the next page begins; null when this is the last.</param>
public sealed record ListPage(IReadOnlyList<MemoryRecord> Memories, string? NextCursor);

/// <summary>One found memory.</summary>
/// <param name="Memory">The memory, whole.</param>
/// <param name="Score">Larger is better; 0 when the query was blank and the newest are given.</param>
/// <param name="Snippet">The part of the content around the matched words.</param>
public sealed record SearchHit(MemoryRecord Memory, double Score, string Snippet)
{
    /// <summary>Length of a snippet in tokens, about.</summary>
    public const int SnippetTokens = 40;

    /// <summary>What the score is made of; null when there is none.</summary>
    public ScoreParts? Parts { get; init; }
}

/// <summary>Counts and sizes of one galaxy, read from the store.</summary>
/// <param name="Live">Memories that are not deleted.</param>
/// <param name="Deleted">Tombstones.</param>
/// <param name="LedgerEntries">Entries of the ledger.</param>
/// <param name="SchemaVersion">Version of the schema.</param>
/// <param name="DatabaseBytes">Size of the database file.</param>
/// <param name="LogBytes">Size of the write-ahead log.</param>
public sealed record GalaxyFacts(long Live, long Deleted, long LedgerEntries, long SchemaVersion, long DatabaseBytes, long LogBytes);

/// <summary>A galaxy as the registry knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; empty when nobody said.</param>
/// <param name="MemoryCount">Live memories; null when the database could not be read.</param>
/// <param name="Problem">Why it could not be read; null when it could.</param>
public sealed record GalaxyInfo(string Name, string Description, long? MemoryCount, string? Problem);

/// <summary>A memory near a point.</summary>
/// <param name="memory">The memory, with its coordinates.</param>
/// <param name="distance">The true Euclidean distance.</param>
public sealed class Neighbour(MemoryRecord memory, double distance)
{
    public MemoryRecord Memory { get; } = memory;

    public double Distance { get; } = distance;
}

/// <summary>Two memories whose texts repeat each other.</summary>
/// <param name="a">The older row.</param>
/// <param name="b">The younger row.</param>
/// <param name="similarity">Estimated share of common wording, 0..1.</param>
public sealed class DuplicatePair(MemoryId a, MemoryId b, double similarity)
{
    public MemoryId A { get; } = a;

    public MemoryId B { get; } = b;

    public double Similarity { get; } = similarity;
}

/// <summary>The index of coordinates, as it is in this process.</summary>
/// <param name="placed">Memories that have coordinates in the store.</param>
/// <param name="indexed">Points in the index; null when no call has needed it yet.</param>
public sealed class HologramFacts(long placed, long? indexed)
{
    public long Placed { get; } = placed;

    public long? Indexed { get; } = indexed;
}
