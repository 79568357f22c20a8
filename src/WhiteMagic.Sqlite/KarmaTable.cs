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
        foreach (Pending p in _pending)
        {
            Insert(connection, p, changed: 0);
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
    internal static long Append(Connection connection, Deed deed, Permit permit, ReadOnlySpan<byte> salt, long changed, ReadOnlySpan<byte> memoryIds)
    {
        permit.NoteChanged(changed);
        return Insert(connection, new Pending(deed.StartedAtMs, deed.Tool, deed.Agent, deed.Session, deed.Effect, Outcomes.Ok, permit.Rules, permit.Score,
            HashArguments(salt, deed), memoryIds.ToArray(), ElapsedUs(deed)), changed);
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
    public void ReadEntries(Func<KarmaEntry, bool> visit) => database.Read(connection =>
    {
        Statement s = connection.Prepare(
            "SELECT sequence, time, tool, agent, session, effect, changed, outcome, rules, score, arguments_hash, memory_ids, duration_us, previous_hash, hash "
            + "FROM karma_entries ORDER BY sequence");
        while (s.Step())
        {
            var entry = new KarmaEntry
            {
                Sequence = s.Int64(0),
                TimeMs = s.Int64(1),
                Tool = s.Text(2),
                Agent = s.Text(3),
                Session = s.Text(4),
                Effect = (Effect)Math.Clamp(s.Int64(5), -1, 256), // out of range stays out of range
                Changed = s.Int64(6),
                Outcome = s.Text(7),
                Rules = s.Text(8),
                Score = s.Double(9),
                ArgumentsHash = s.Blob(10).ToArray(),
                MemoryIds = s.Blob(11).ToArray(),
                DurationUs = s.Int64(12),
                PreviousHash = s.Blob(13).ToArray(),
                Hash = s.Blob(14).ToArray(),
            };
            if (!visit(entry))
            {
                s.Reset();
                break;
            }
        }

        return 0;
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

    private static long Insert(Connection connection, in Pending p, long changed)
    {
        long sequence = 1;
        byte[] previous = KarmaEncoding.Genesis.ToArray();
        Statement last = connection.Prepare("SELECT sequence, hash FROM karma_entries ORDER BY sequence DESC LIMIT 1");
        if (last.Step())
        {
            sequence = last.Int64(0) + 1;
            previous = last.Blob(1).ToArray();
            last.Reset();
        }

        var entry = new KarmaEntry
        {
            Sequence = sequence,
            TimeMs = p.TimeMs,
            Tool = p.Tool,
            Agent = p.Agent,
            Session = p.Session,
            Effect = p.Effect,
            Changed = changed,
            Outcome = p.Outcome,
            Rules = p.Rules,
            Score = p.Score,
            ArgumentsHash = p.ArgumentsHash,
            MemoryIds = p.MemoryIds,
            DurationUs = p.DurationUs,
            PreviousHash = previous,
            Hash = default,
        };
        byte[] hash = KarmaEncoding.Hash(entry);
        connection.Prepare(
            "INSERT INTO karma_entries(sequence, time, tool, agent, session, effect, changed, outcome, rules, score, arguments_hash, memory_ids, duration_us, previous_hash, hash) "
            + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")
            .Bind(1, entry.Sequence).Bind(2, entry.TimeMs).Bind(3, entry.Tool).Bind(4, entry.Agent).Bind(5, entry.Session)
            .Bind(6, (long)entry.Effect).Bind(7, entry.Changed).Bind(8, entry.Outcome).Bind(9, entry.Rules).Bind(10, entry.Score)
            .BindBlob(11, entry.ArgumentsHash.Span).BindBlob(12, entry.MemoryIds.Span).Bind(13, entry.DurationUs)
            .BindBlob(14, previous).BindBlob(15, hash).Run();
        return sequence;
    }

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

    private readonly record struct Pending(long TimeMs, string Tool, string Agent, string Session, Effect Effect, string Outcome, string Rules, double Score,
        byte[] ArgumentsHash, byte[] MemoryIds, long DurationUs);
}
