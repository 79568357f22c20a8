namespace WhiteMagic.Governance.Karma;

/// <summary>
/// The port to the ledger of one galaxy. Entries of changes are written by the storage in the transaction of the change;
/// here are the entries of deeds that change nothing, and reading back.
/// </summary>
public interface ILedger
{
    /// <summary>
    /// Queues the entry of a deed that changed nothing (a read, a refusal, a failure). It is committed with the next change or by
    /// <see cref="FlushPending"/>; a kill may lose it. The argument hash is taken now, the arguments are not kept.
    /// </summary>
    /// <param name="deed">What was asked.</param>
    /// <param name="rules">Names of the rules that matched, joined by commas.</param>
    /// <param name="score">Score of the ruling, 0..1.</param>
    /// <param name="outcome"><c>ok</c> or an error code.</param>
    /// <param name="memoryIds">The memories that were given to the caller, 16 bytes each.</param>
    void Queue(Deed deed, string rules, double score, string outcome, System.ReadOnlySpan<byte> memoryIds);

    /// <summary>Entries that could not be written since this process started.</summary>
    long DroppedCount { get; }

    /// <summary>
    /// Commits what is queued, without waiting: when another process is writing it stays queued for the next time. When the store cannot be
    /// written, or the queue is full, entries are dropped and counted.
    /// </summary>
    void FlushPending();

    /// <summary>Passes the entries, oldest first, to <paramref name="visit"/> until it returns false.</summary>
    void ReadEntries(System.Func<KarmaEntry, bool> visit);

    /// <summary>Passes the fields of the entries from a sequence on, oldest first, to <paramref name="visit"/> until it returns false.</summary>
    void ReadFields(long from, KarmaVisit visit);

    /// <summary>Passes the fields of the entries that name a memory (16 bytes), oldest first, to <paramref name="visit"/> until it returns false.</summary>
    void ReadNaming(System.ReadOnlyMemory<byte> memoryId, KarmaVisit visit);

    /// <summary>Compares the mirror, the lines beside the database, with the entries; null when they agree or there is none, else what differs.</summary>
    string? CheckMirror();

    /// <summary>Why the mirror is not written; empty when it is.</summary>
    string MirrorProblem { get; }

    /// <summary>What is kept about the ledger as a whole. Asked while fields are read, it is of the same moment.</summary>
    KarmaHead ReadHead();

    /// <summary>The stored root of a complete subtree of the tree over the entries; null when there is none.</summary>
    byte[]? ReadTile(int height, long index);

    /// <summary>Passes one row per tool, agent, effect and outcome, with their counts.</summary>
    void Summarise(System.Action<KarmaSummaryRow> visit);
}

/// <summary>How often one agent had one outcome with one tool.</summary>
/// <param name="Tool">The tool's listed name.</param>
/// <param name="Agent">Client name and version; empty when unknown.</param>
/// <param name="Effect">The effect that the tool declares.</param>
/// <param name="Outcome"><c>ok</c> or an error code.</param>
/// <param name="Calls">Entries.</param>
/// <param name="Changed">Memory rows changed.</param>
/// <param name="CallsWithoutChange">Entries with no memory row changed.</param>
public readonly record struct KarmaSummaryRow(string Tool, string Agent, Effect Effect, string Outcome, long Calls, long Changed, long CallsWithoutChange);
