using System;
using System.Collections.Generic;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory.Hologram;

namespace WhiteMagic.Memory;

/// <summary>
/// The port to one galaxy's store. Every change demands a permit and is one transaction that holds the change and its ledger entry;
/// when a method returns, the change survives a kill and, with full durability, a power loss.
/// </summary>
/// <exception cref="FailureException">Any method: the storage is full, busy, read-only, damaged, or a limit was passed.</exception>
public interface IGalaxyStore
{
    /// <summary>The galaxy's name.</summary>
    string Name { get; }

    /// <summary>The galaxy's ledger.</summary>
    ILedger Ledger { get; }

    /// <summary>Bounds the calls that follow: they fail with <see cref="ErrorCode.Timeout"/> once <paramref name="isCancelled"/> says so or after <paramref name="limit"/> (null: no limit).</summary>
    void Bound(TimeSpan? limit, Func<bool>? isCancelled);

    /// <summary>Finds a memory; null when there is none or it is deleted and <paramref name="includeDeleted"/> is false.</summary>
    /// <param name="id">The memory.</param>
    /// <param name="includeDeleted">Whether a tombstone is found too.</param>
    /// <param name="evenDamaged">Whether a damaged one is given, marked and without content; else it is a failure that says what can be done.</param>
    MemoryRecord? Find(MemoryId id, bool includeDeleted = false, bool evenDamaged = false);

    /// <summary>The living memories that a memory replaced or was replaced by, directly or through others, and itself: the oldest first, 100 at most, with the beginnings of their contents.</summary>
    IReadOnlyList<MemoryRecord> History(MemoryId id);

    /// <summary>
    /// The memories that are known to be damaged. Each call checks the contents of a few milliseconds' worth of memories and goes on where the
    /// one before ended, so that a small galaxy is always checked wholly.
    /// </summary>
    IReadOnlyList<MemoryId> Damaged();

    /// <summary>Counts an access to each of these memories; committed with the ledger's pending entries.</summary>
    void NoteAccess(MemoryId id);

    /// <summary>Lists by time of creation, newest first. Damaged ones are among them, marked and without content; so it is in every method that gives several.</summary>
    /// <param name="filter">Which memories.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="previewBytes">Read no more than this much of each content; null reads all of it.</param>
    ListPage List(MemoryFilter filter, int limit, string? cursor = null, int? previewBytes = null);

    /// <summary>
    /// Finds the memories that match a query best, of equally good ones the newest first and a replaced one after the others. Any text is valid:
    /// a blank one gives the newest memories, one without a word gives none.
    /// </summary>
    /// <param name="query">Words; everything else in it only separates them.</param>
    /// <param name="filter">Which memories.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="previewBytes">Read no more than this much of each content; null reads all of it. The snippet is of the whole.</param>
    IReadOnlyList<SearchHit> Search(string query, MemoryFilter filter, int limit, int? previewBytes = null);

    /// <summary>Passes all memories of a filter, oldest number first, from one consistent snapshot, until <paramref name="visit"/> returns false.</summary>
    void ReadAll(MemoryFilter filter, Func<MemoryRecord, bool> visit);

    /// <summary>Finds the living memories that stand nearest to a point, nearest first. Exact: none that is left out is nearer than one that is given.</summary>
    /// <param name="point">The point.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="radius">Only those within this distance, inclusive; null: however far.</param>
    /// <param name="except">A memory that is not meant, such as the one at the point.</param>
    /// <param name="previewBytes">Read no more than this much of each content; null reads all of it.</param>
    IReadOnlyList<Neighbour> Nearest(in Coordinates point, int limit, double? radius = null, MemoryId? except = null, int? previewBytes = null);

    /// <summary>Finds pairs of living memories whose texts repeat each other, most alike first.</summary>
    /// <param name="threshold">Least similarity.</param>
    /// <param name="limit">At most this many pairs.</param>
    IReadOnlyList<DuplicatePair> FindDuplicates(double threshold, int limit);

    /// <summary>The index that <see cref="Nearest"/> searches, without making it.</summary>
    HologramFacts Hologram();

    /// <summary>Counts and sizes.</summary>
    GalaxyFacts Facts();

    /// <summary>Stores a draft, or reinforces the live memory that holds the same text, speaker and session.</summary>
    CreateOutcome Create(MemoryDraft draft, Permit permit);

    /// <summary>Changes a memory and returns its version after that.</summary>
    /// <param name="id">The memory.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="expectedVersion">When given and not the stored version: <see cref="ErrorCode.Conflict"/>.</param>
    /// <param name="permit">Leave to do so.</param>
    long Update(MemoryId id, MemoryPatch patch, long? expectedVersion, Permit permit);

    /// <summary>Makes a memory a tombstone, which <see cref="Restore"/> undoes.</summary>
    void Delete(MemoryId id, Permit permit);

    /// <summary>Erases a memory, living or tombstone: content, index terms, coordinates, signature, salt.</summary>
    PurgeOutcome Purge(MemoryId id, Permit permit);

    /// <summary>Brings a tombstone back to life; false when it was alive.</summary>
    bool Restore(MemoryId id, Permit permit);

    /// <summary>Opens a bulk import under one permit.</summary>
    IImportSession BeginImport(Permit permit);
}

/// <summary>A bulk import: batches of drafts, each batch one transaction with one ledger entry.</summary>
public interface IImportSession : IDisposable
{
    /// <summary>Adds one draft to the open batch. A draft whose id is already taken is skipped; a repeated text is reinforced.</summary>
    ImportOutcome Add(MemoryDraft draft);

    /// <summary>Commits the open batch with its ledger entry.</summary>
    void Commit();
}

/// <summary>What became of one imported draft.</summary>
public enum ImportOutcome
{
    Created,
    Reinforced,

    /// <summary>Its id is already in the galaxy.</summary>
    Skipped,
}
