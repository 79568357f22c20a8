using System;
using System.Collections.Generic;
using System.Diagnostics;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Kernels.Sha256;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>The ledger of one galaxy: the table karma_entries, and the entries that wait for the next transaction.</summary>
internal sealed class KarmaTable(GalaxyDatabase database, StoreOptions options) : ILedger
{
    /// <summary>Length of the salt that an argument hash begins with, in bytes.</summary>
    internal const int SaltBytes = 16;

    // A process that only reads for 200 ms does not get here; a store that another keeps locked must not collect for ever.
    private const int MostPending = 10_000;

    private readonly List<Pending> _pending = [];
    private readonly Dictionary<MemoryId, Access> _accesses = [];

    /// <summary>The lines beside the database.</summary>
    internal KarmaMirror? Mirror { get; set; }

    /// <inheritdoc/>
    public string? CheckMirror() => Mirror?.Check();

    /// <inheritdoc/>
    public string MirrorProblem => Mirror?.Problem ?? "";

    /// <summary>Entries that wait for the next transaction.</summary>
    internal int PendingCount => _pending.Count;

    /// <inheritdoc/>
    public long DroppedCount { get; private set; }

    /// <inheritdoc/>
    public void Queue(Deed deed, string rules, double score, string outcome, ReadOnlySpan<byte> memoryIds)
    {
        if (_pending.Count >= MostPending)
        {
            FlushPending();
        }

        if (options.ReadOnly || _pending.Count >= MostPending)
        {
            DroppedCount++;
            return;
        }

        Span<byte> salt = stackalloc byte[SaltBytes];
        options.Random(salt);
        _pending.Add(new Pending(deed.StartedAtMs, deed.Tool, deed.Agent, deed.Session, deed.Effect, outcome, rules, score,
            HashArguments(salt, deed), memoryIds.ToArray(), ElapsedUs(deed)));
    }

    /// <summary>Counts an access, to be committed with the pending entries.</summary>
    internal void NoteAccess(MemoryId id, long nowMs)
    {
        if (!options.ReadOnly && (_accesses.TryGetValue(id, out Access access) || _accesses.Count < MostPending))
        {
            _accesses[id] = new Access(access.Count + 1, nowMs);
        }
    }

    /// <inheritdoc/>
    public void FlushPending() => FlushPending(waitMs: 0);

    /// <summary>Commits what is queued, if that needs no longer wait for other processes; else it stays queued.</summary>
    internal void FlushPending(int waitMs)
    {
        if (_pending.Count == 0 && _accesses.Count == 0)
        {
            return;
        }

        try
        {
            // The time limit of the call before, and its withdrawal, are over.
            database.WriteUnbounded(waitMs, connection =>
            {
                WritePending(connection);
                return 0;
            });
            ForgetPending();
        }
        catch (FailureException e) when (e.Code == ErrorCode.StorageBusy)
        {
            // The next transaction of this process takes it along, or the next try.
        }
        catch (FailureException)
        {
            DroppedCount += _pending.Count;
            ForgetPending();
        }
    }

    /// <summary>Writes what is pending, first in the transaction that the caller holds; <see cref="ForgetPending"/> follows its commit.</summary>
    internal void WritePending(Connection connection)
    {
        if (_pending.Count > 0)
        {
            KarmaAppender appender = KarmaAppender.Begin(connection);
            foreach (Pending p in _pending)
            {
                appender.Append(p, changed: 0);
            }

            appender.End();
            options.Reached?.Invoke(StoreStage.PendingWritten);
        }

        foreach ((MemoryId id, Access access) in _accesses)
        {
            connection.Prepare(
                "INSERT INTO memory_access(number, access_count, last_accessed_at) SELECT number, ?2, ?3 FROM memories WHERE memory_id = ?1 "
                + "ON CONFLICT(number) DO UPDATE SET access_count = access_count + ?2, last_accessed_at = max(last_accessed_at, ?3)")
                .BindBlob(1, id.ToBytes()).Bind(2, access.Count).Bind(3, access.AtMs).Run();
        }
    }

    internal void ForgetPending()
    {
        _pending.Clear();
        _accesses.Clear();
    }

    /// <summary>Appends the entry of a change, in the transaction that the caller holds, and returns its number.</summary>
    internal long Append(Connection connection, Deed deed, Permit permit, ReadOnlySpan<byte> salt, long changed, ReadOnlySpan<byte> memoryIds)
    {
        options.Reached?.Invoke(StoreStage.Changed);
        permit.NoteChanged(changed);
        KarmaAppender appender = KarmaAppender.Begin(connection);
        long sequence = appender.Append(new Pending(deed.StartedAtMs, deed.Tool, deed.Agent, deed.Session, deed.Effect, Outcomes.Ok, permit.Rules, permit.Score,
            HashArguments(salt, deed), memoryIds.ToArray(), ElapsedUs(deed)), changed);
        options.Reached?.Invoke(StoreStage.EntryWritten);
        appender.End();
        options.Reached?.Invoke(StoreStage.HeadWritten);
        return sequence;
    }

    /// <summary>Makes the head and the subtrees of the entries that are there.</summary>
    internal static void FillTree(Connection connection)
    {
        KarmaAppender appender = KarmaAppender.Anew(connection);
        KarmaRows.ReadAll(connection.Prepare(KarmaRows.Select + " ORDER BY sequence"), (in KarmaFields fields) =>
        {
            // A ledger that is damaged stays so, and verifying it says where.
            if (fields.HaveTheirLengths && fields.Hash.Length == KarmaEncoding.HashBytes)
            {
                appender.Take(fields);
            }

            return true;
        });
        appender.End();
    }

    /// <summary>When the first entry that names a memory was made; null when none does.</summary>
    internal static long? FirstNamedAtMs(Connection connection, MemoryId id)
    {
        Statement s = connection.Prepare("SELECT min(time) FROM karma_entries WHERE instr(memory_ids, ?1) > 0").BindBlob(1, id.ToBytes());
        long? first = s.Step() ? s.Int64OrNull(0) : null;
        s.Reset();
        return first;
    }

    /// <inheritdoc/>
    public void ReadEntries(Func<KarmaEntry, bool> visit) => ReadFields(long.MinValue, (in KarmaFields fields) => visit(KarmaEntry.Of(fields)));

    /// <inheritdoc/>
    public void ReadFields(long from, KarmaVisit visit) => database.Read(connection =>
    {
        Statement s = connection.Prepare(KarmaRows.Select + " WHERE sequence >= ?1 ORDER BY sequence").Bind(1, from);
        KarmaRows.ReadAll(s, visit);
        return 0;
    });

    /// <inheritdoc/>
    public void ReadNaming(ReadOnlyMemory<byte> memoryId, KarmaVisit visit) => database.Read(connection =>
    {
        Statement s = connection.Prepare(KarmaRows.Select + " WHERE instr(memory_ids, ?1) > 0 ORDER BY sequence").BindBlob(1, memoryId.Span);
        KarmaRows.ReadAll(s, visit);
        return 0;
    });

    /// <inheritdoc/>
    public KarmaHead ReadHead() => database.Read(connection =>
    {
        Statement s = connection.Prepare(
            "SELECT size, hash, peaks, (SELECT value FROM galaxy WHERE key = 'name'), (SELECT value FROM galaxy WHERE key = 'ledger_id') FROM karma_head WHERE id = 1");
        KarmaHead head = s.Step()
            ? new KarmaHead { Galaxy = s.TextOrNull(3) ?? "", LedgerId = s.TextOrNull(4) ?? "", Size = s.Int64(0), Hash = s.Blob(1).ToArray(), Peaks = s.Blob(2).ToArray() }
            : new KarmaHead { Galaxy = "", LedgerId = "", Size = -1 };
        s.Reset();
        return head;
    });

    /// <inheritdoc/>
    public byte[]? ReadTile(int height, long index) => database.Read(connection =>
    {
        Statement s = connection.Prepare("SELECT hash FROM karma_tiles WHERE height = ?1 AND number = ?2").Bind(1, (long)height).Bind(2, index);
        byte[]? hash = s.Step() ? s.Blob(0).ToArray() : null;
        s.Reset();
        return hash;
    });

    /// <inheritdoc/>
    public void Summarise(Action<KarmaSummaryRow> visit) => database.Read(connection =>
    {
        Statement s = connection.Prepare(
            "SELECT tool, agent, effect, outcome, count(*), sum(changed), sum(changed = 0) FROM karma_entries GROUP BY tool, agent, effect, outcome ORDER BY tool, agent");
        while (s.Step())
        {
            visit(new KarmaSummaryRow(s.Text(0), s.Text(1), (Effect)s.Int64(2), s.Text(3), s.Int64(4), s.Int64(5), s.Int64(6)));
        }

        return 0;
    });

    private static byte[] HashArguments(ReadOnlySpan<byte> salt, Deed deed)
    {
        Sha256State sha = Sha256State.Create();
        sha.Append(salt);
        sha.Append(deed.Arguments.Span);
        byte[] digest = new byte[Sha256State.DigestBytes];
        sha.Finish(digest);
        return digest;
    }

    private static long ElapsedUs(Deed deed) => (long)Stopwatch.GetElapsedTime(deed.StartedTimestamp).TotalMicroseconds;

    private readonly record struct Access(long Count, long AtMs);

    /// <summary>An entry before it has its place in the chain.</summary>
    internal readonly record struct Pending(long TimeMs, string Tool, string Agent, string Session, Effect Effect, string Outcome, string Rules, double Score,
        byte[] ArgumentsHash, byte[] MemoryIds, long DurationUs);
}
