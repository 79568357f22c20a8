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
    void Queue(Deed deed, Ruling ruling, string outcome, System.ReadOnlySpan<byte> memoryIds);

    /// <summary>Commits what is queued. When the store cannot be written the queue is dropped and counted.</summary>
    void FlushPending();

    /// <summary>Passes the entries, oldest first, to <paramref name="visit"/> until it returns false.</summary>
    void ReadEntries(System.Func<KarmaEntry, bool> visit);

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
