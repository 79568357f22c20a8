using System;
using System.Diagnostics;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance;

/// <summary>A ledger of a million entries (in the long run; of a few thousand else): what appending, proving and verifying take.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class KarmaScaleTests(ITestOutputHelper output)
{
    private const double MostAppendMs = 1;
    private const double MostProofMs = 5;
    private const double MostVerifySeconds = 5;
    private const double MostShare = 0.2;

    [Fact]
    public void Ledger_OfAMillionEntries_AppendsProvesAndVerifiesInTime()
    {
        int size = Runs.Of(5_000, 1_000_000);
        using var bench = new Bench();
        Deed deed = Bench.Deed(arguments: """{"content":"We chose SQLite over LMDB because one file is easier to back up.","tags":["decision"]}""");
        byte[] id = new byte[16];
        for (int i = 0; i < size; i++)
        {
            bench.Store.Ledger.Queue(deed, "", 1, "ok", id);
        }

        bench.Galaxies.FlushPending();
        var entries = new KarmaTree(bench.Store.Ledger);
        KarmaCheckpoint now = entries.Checkpoint();
        Assert.Equal(size, now.Size);

        // Appending is a transaction of its own here, on a disk that is not waited for.
        double[] appends = [.. Enumerable.Range(0, 2000).Select(_ => Time(() =>
        {
            bench.Store.Ledger.Queue(deed, "", 1, "ok", id);
            bench.Store.Ledger.FlushPending();
        })).Order()];
        var random = new Random(1);
        double[] proofs = [.. Enumerable.Range(0, 200).Select(_ => Time(() => Assert.NotEmpty(entries.Inclusion(random.Next(1, size + 1), size)))).Order()];
        KarmaVerdict verdict = null!;
        double verifyMs = Time(() => verdict = KarmaVerifier.Verify(bench.Store.Ledger, "default", now));
        Assert.Equal((size + 2000L, null), (verdict.Entries, verdict.Problem));
        output.WriteLine($"{size} entries: append p50 {appends[1000]:0.000} ms, p99 {appends[1980]:0.000} ms; proof p50 {proofs[100]:0.000} ms, p95 {proofs[190]:0.000} ms, worst {proofs[^1]:0.000} ms; verify {verifyMs / 1000:0.00} s");
        if (Runs.Full)
        {
            Assert.InRange(appends[1980], 0, MostAppendMs);
            Assert.InRange(proofs[190], 0, MostProofMs);
            Assert.InRange(verifyMs / 1000, 0, MostVerifySeconds);
        }
    }

    // The same transactions with and without their entry, in turns, on a disk that is not waited for: there the ledger's share is largest.
    [Fact]
    public void Ledger_OnCreating_CostsAFifthAtMost()
    {
        int count = Runs.Of(300, 6000);
        using var bench = new Bench();
        var galaxy = (WhiteMagic.Sqlite.SqliteGalaxy)bench.Store;
        var texts = new Random(7);
        double[] with = new double[count];
        double[] without = new double[count];
        for (int i = 0; i < count; i++)
        {
            var entered = new MemoryDraft { Content = RandomTexts.Words(texts, 60), Title = "with", Tags = ["a", "b"] };
            var bare = new MemoryDraft { Content = RandomTexts.Words(texts, 60), Title = "without", Tags = ["a", "b"] };
            with[i] = Time(() => galaxy.Change(connection =>
            {
                WhiteMagic.Sqlite.Stored stored = galaxy.Store(connection, entered);
                galaxy.AppendBatch(connection, Bench.Deed(), Bench.Permit(), stored.Changed, stored.Id.ToBytes());
                return 0;
            }));
            without[i] = Time(() => galaxy.Change(connection => galaxy.Store(connection, bare).Changed));
        }

        // Medians: now and then the search index merges its parts, which belongs to neither.
        double medianWith = with.Order().ElementAt(count / 2);
        double medianWithout = without.Order().ElementAt(count / 2);
        double share = 1 - (medianWithout / medianWith);
        output.WriteLine($"{count} creates: the ledger takes {share:P1} of the time; median {medianWith:0.000} ms with it, {medianWithout:0.000} ms without");
        Assert.Equal(count, bench.Entries().Count);
        if (Runs.Full)
        {
            Assert.InRange(share, -1, MostShare);
        }
    }

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
