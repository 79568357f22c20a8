using System;
using System.Diagnostics;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class PendingEntriesTests
{
    [Fact]
    public void Flush_WhileAnotherWrites_DoesNotWaitAndKeepsTheEntries()
    {
        using var bench = new Bench(busyTimeoutMs: 20_000);
        MemoryId id = bench.Add("first");
        using (Connection other = bench.Raw())
        {
            other.Execute("BEGIN IMMEDIATE");
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < 3; i++)
            {
                bench.Store.NoteAccess(id);
                bench.Store.Ledger.Queue(Bench.Deed(Effect.Read, "list_memories"), "", 1, "ok", []);
                bench.Galaxies.FlushPending();
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
            Assert.Single(bench.Entries());
            Assert.Equal(0, bench.Store.Ledger.DroppedCount);
            other.Execute("ROLLBACK");
        }

        bench.Galaxies.FlushPending();
        Assert.Equal(4, bench.Entries().Count);
        Assert.Equal(3, bench.Store.Find(id)!.AccessCount);
        bench.Add("a writer still waits for its turn as long as it is told to");
    }

    [Fact]
    public void Queue_WhileAnotherWritesForLong_IsBoundedAndCountsWhatItDrops()
    {
        using var bench = new Bench(busyTimeoutMs: 20_000);
        bench.Add("first");
        Deed deed = Bench.Deed(Effect.Read, "list_memories");
        using (Connection other = bench.Raw())
        {
            other.Execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 10_050; i++)
            {
                bench.Store.Ledger.Queue(deed, "", 1, "ok", []);
            }

            Assert.Equal(50, bench.Store.Ledger.DroppedCount);
            other.Execute("ROLLBACK");
        }

        bench.Galaxies.FlushPending();
        Assert.Equal(10_001, bench.Entries().Count);
    }

    [Fact]
    public void Purge_ThatAReaderHeldUp_IsFinishedAtTheNextPause()
    {
        using var bench = new Bench(busyTimeoutMs: 50);
        MemoryId id = bench.Add("Zyxwvutsrqponm is secret");
        HoldUp(bench, id);
        Assert.True(Damage.Holds(bench.Root, "Zyxwvutsrqponm"));
        bench.Galaxies.FlushPending();
        Assert.False(Damage.Holds(bench.Root, "Zyxwvutsrqponm"));
    }

    [Fact]
    public void Purge_ThatAReaderHeldUp_IsFinishedAtTheNextWrite()
    {
        using var bench = new Bench(busyTimeoutMs: 50);
        MemoryId id = bench.Add("Zyxwvutsrqponm is secret");
        HoldUp(bench, id);
        bench.Add("other");
        Assert.False(Damage.Holds(bench.Root, "Zyxwvutsrqponm"));
    }

    private static void HoldUp(Bench bench, MemoryId id)
    {
        using Connection reader = bench.Raw();
        reader.Execute("BEGIN");
        reader.ScalarInt64("SELECT count(*) FROM memories");
        Assert.Equal(PurgeState.Pending, bench.Store.Purge(id, Bench.Permit(Effect.Delete)).State);
        bench.Galaxies.FlushPending();
        reader.Execute("COMMIT");
    }
}
