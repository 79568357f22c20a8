using System;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class KarmaChainTests
{
    [Fact]
    public void Verify_OfAnUntouchedChain_FindsNothing()
    {
        using Bench bench = Chain();
        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger);
        Assert.Equal(10, verdict.Entries);
        Assert.Null(verdict.Problem);
        Assert.Null(verdict.FirstBadSequence);
        Assert.Equal(Convert.ToHexStringLower(bench.Entries()[^1].Hash.Span), verdict.Head);
    }

    [Fact]
    public void Verify_OfAnEmptyChain_HasAHeadOfZeroes()
    {
        using var bench = new Bench();
        Assert.Equal(new KarmaVerdict(0, new string('0', 64), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", null, null), KarmaVerifier.Verify(bench.Store.Ledger));
    }

    [Theory]
    [InlineData("time = time + 1")]
    [InlineData("tool = 'other'")]
    [InlineData("agent = agent || ' '")]
    [InlineData("session = 'x'")]
    [InlineData("effect = 1")]
    [InlineData("effect = effect + 256")]
    [InlineData("changed = changed + 1")]
    [InlineData("outcome = 'conflict'")]
    [InlineData("rules = 'r'")]
    [InlineData("score = 0.5")]
    [InlineData("arguments_hash = randomblob(32)")]
    [InlineData("arguments_hash = x''")]
    [InlineData("memory_ids = x''")]
    [InlineData("memory_ids = CAST(memory_ids || x'00' AS BLOB)")]
    [InlineData("duration_us = duration_us + 1")]
    [InlineData("previous_hash = randomblob(32)")]
    [InlineData("hash = randomblob(32)")]
    [InlineData("tool = 'create_memor', agent = 'y' || agent")]
    public void Verify_AfterAnEdit_NamesTheEntry(string change) => Tampered($"UPDATE karma_entries SET {change} WHERE sequence = 5", 5);

    [Fact]
    public void Verify_AfterBytesMovedBetweenFields_NamesTheEntry()
    {
        // The last byte of the arguments hash is 0 here, so that it could pass for the first byte of the count of ids.
        using Bench bench = Chain();
        using (Connection raw = bench.Raw())
        {
            Drop(raw);
            KarmaEntry fifth = bench.Entries()[4];
            byte[] arguments = fifth.ArgumentsHash.ToArray();
            arguments[31] = 0;
            byte[] forged = KarmaEncoding.Hash(Copy(fifth, arguments, fifth.MemoryIds, fifth.PreviousHash));
            raw.Prepare("DELETE FROM karma_entries WHERE sequence > 5").Run();
            raw.Prepare("UPDATE karma_entries SET arguments_hash = ?1, memory_ids = ?2, hash = ?3 WHERE sequence = 5")
                .BindBlob(1, arguments.AsSpan(0, 31)).BindBlob(2, fifth.MemoryIds.Span).BindBlob(3, forged).Run();
        }

        Assert.Equal(5, KarmaVerifier.Verify(bench.Store.Ledger).FirstBadSequence);
    }

    [Fact]
    public void Verify_AfterADeletionInTheMiddle_NamesTheGap() => Tampered("DELETE FROM karma_entries WHERE sequence = 5", 5);

    [Fact]
    public void Verify_AfterTheHeadWasCutOff_NamesTheFirst() => Tampered("DELETE FROM karma_entries WHERE sequence <= 3", 1);

    [Fact]
    public void Verify_AfterADeletionThatWasClosed_NamesTheEntry() =>
        Tampered("DELETE FROM karma_entries WHERE sequence = 5; UPDATE karma_entries SET sequence = sequence - 1 WHERE sequence > 5", 5);

    [Fact]
    public void Verify_AfterAnInsertion_NamesTheEntry() =>
        Tampered("UPDATE karma_entries SET sequence = -sequence - 1 WHERE sequence >= 5; UPDATE karma_entries SET sequence = -sequence WHERE sequence < 0; "
            + "INSERT INTO karma_entries SELECT 5, time, tool, agent, session, effect, changed, outcome, rules, score, arguments_hash, memory_ids, duration_us, previous_hash, hash "
            + "FROM karma_entries WHERE sequence = 4", 5);

    [Fact]
    public void Verify_AfterAnEntryBeforeTheFirst_NamesIt() =>
        Tampered("INSERT INTO karma_entries SELECT 0, time, tool, agent, session, effect, changed, outcome, rules, score, arguments_hash, memory_ids, duration_us, previous_hash, hash "
            + "FROM karma_entries WHERE sequence = 1", 0);

    [Fact]
    public void Verify_AfterReordering_NamesTheFirstMoved() =>
        Tampered("UPDATE karma_entries SET sequence = 100 WHERE sequence = 4; UPDATE karma_entries SET sequence = 4 WHERE sequence = 6; UPDATE karma_entries SET sequence = 6 WHERE sequence = 100", 4);

    [Theory]
    [InlineData("UPDATE karma_entries SET tool = 'x' WHERE sequence = 1")]
    [InlineData("UPDATE karma_entries SET sequence = 99 WHERE sequence = 1")]
    [InlineData("DELETE FROM karma_entries WHERE sequence = 10")]
    [InlineData("DELETE FROM karma_entries")]
    [InlineData("INSERT OR REPLACE INTO karma_entries SELECT * FROM karma_entries WHERE sequence = 1")]
    public void Table_IsAppendOnly(string sql)
    {
        using Bench bench = Chain();
        using Connection raw = bench.Raw();
        SqliteException refused = Assert.Throws<SqliteException>(() => raw.Execute(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Null(KarmaVerifier.Verify(bench.Store.Ledger).Problem);
    }

    [Fact]
    public void Chain_GoesOnAcrossRestarts()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 3; i++)
        {
            using var bench = new Bench(folder.Path);
            bench.Add("text " + i);
        }

        using var last = new Bench(folder.Path);
        Assert.Equal(3, KarmaVerifier.Verify(last.Store.Ledger).Entries);
        Assert.Null(KarmaVerifier.Verify(last.Store.Ledger).Problem);
    }

    [Theory]
    [InlineData(Effect.Read, "ok", 10, 8, 2.0, 2)]
    [InlineData(Effect.Write, "ok", 10, 3, 0.6, 3)]
    [InlineData(Effect.Delete, "ok", 10, 4, 0.4, 4)]
    [InlineData(Effect.External, "ok", 10, 10, 0.0, 0)]
    [InlineData(Effect.Write, "conflict", 10, 10, 0.0, 0)]
    [InlineData(Effect.Read, "not_found", 10, 0, 0.0, 0)]
    public void Debt_IsWhatTheGapCosts(Effect effect, string outcome, long calls, long callsWithoutChange, double debt, long mismatches)
    {
        var row = new KarmaSummaryRow("tool", "agent", effect, outcome, calls, 0, callsWithoutChange);
        Assert.Equal(debt, KarmaDebt.Of(row), 9);
        Assert.Equal(mismatches, KarmaDebt.Mismatches(row));
    }

    private static void Tampered(string sql, long firstBad)
    {
        using Bench bench = Chain();
        using (Connection raw = bench.Raw())
        {
            Drop(raw);
            raw.Execute(sql);
        }

        KarmaVerdict verdict = KarmaVerifier.Verify(bench.Store.Ledger);
        Assert.Equal(firstBad, verdict.FirstBadSequence);
        Assert.NotNull(verdict.Problem);
        Assert.Equal(Math.Max(firstBad - 1, 0), verdict.Entries);
    }

    private static void Drop(Connection raw) =>
        raw.Execute("DROP TRIGGER IF EXISTS karma_entries_keep; DROP TRIGGER IF EXISTS karma_entries_stay; DROP TRIGGER IF EXISTS karma_entries_once");

    private static Bench Chain()
    {
        var bench = new Bench();
        for (int i = 0; i < 10; i++)
        {
            bench.Add($"memory {i}");
        }

        return bench;
    }

    private static KarmaEntry Copy(KarmaEntry e, ReadOnlyMemory<byte> arguments, ReadOnlyMemory<byte> ids, ReadOnlyMemory<byte> previous) => new()
    {
        Sequence = e.Sequence,
        TimeMs = e.TimeMs,
        Tool = e.Tool,
        Agent = e.Agent,
        Session = e.Session,
        Effect = e.Effect,
        Changed = e.Changed,
        Outcome = e.Outcome,
        Rules = e.Rules,
        Score = e.Score,
        ArgumentsHash = arguments,
        MemoryIds = ids,
        DurationUs = e.DurationUs,
        PreviousHash = previous,
        Hash = default,
    };
}
