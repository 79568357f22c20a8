using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class RepetitionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_OfANearRepetition_NamesTheOther()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add(Text(1, 0));
        MemoryId second = bench.Add(Text(2, 0), title: "Second");
        CreateOutcome outcome = bench.Create(new MemoryDraft { Content = Text(2, 1) });
        SimilarMemory similar = Assert.Single(outcome.Similar!);
        Assert.Equal((second, "Second"), (similar.Id, similar.Title));
        Assert.InRange(similar.Similarity, 0.9, 1);
        Assert.Null(bench.Create(new MemoryDraft { Content = Text(3, 0) }).Similar);
        Assert.Equal(2, bench.Create(new MemoryDraft { Content = Text(2, 2) }).Similar!.Count);
    }

    [Fact]
    public void Create_OfAnExactRepetition_ReinforcesAndNamesNone()
    {
        using var bench = new Bench(_folder.Path);
        bench.Add(Text(1, 0));
        CreateOutcome outcome = bench.Create(new MemoryDraft { Content = Text(1, 0) });
        Assert.False(outcome.Created);
        Assert.Null(outcome.Similar);
        Assert.NotNull(outcome.Coordinates);
        Assert.Equal(1, Assert.Single(bench.Create(new MemoryDraft { Content = Text(1, 0), Speaker = "another" }).Similar!).Similarity);
    }

    [Fact]
    public void Create_SeesWhatAnotherProcessDid()
    {
        using var bench = new Bench(_folder.Path);
        using var other = new Bench(_folder.Path);
        bench.Add(Text(1, 0));
        MemoryId theirs = other.Add(Text(2, 0));
        Assert.Equal(theirs, Assert.Single(bench.Create(new MemoryDraft { Content = Text(2, 1) }).Similar!).Id);

        // An update makes one like it, a deletion takes one away.
        other.Store.Update(theirs, new MemoryPatch { Content = Text(5, 0) }, null, Bench.Permit());
        Assert.Equal(theirs, Assert.Single(bench.Create(new MemoryDraft { Content = Text(5, 1) }).Similar!).Id);
        other.Store.Delete(theirs, Bench.Permit(Effect.Delete));
        Assert.DoesNotContain(theirs, bench.Create(new MemoryDraft { Content = Text(5, 2) }).Similar!.Select(s => s.Id));
        other.Store.Restore(theirs, Bench.Permit());
        Assert.Contains(theirs, bench.Create(new MemoryDraft { Content = Text(5, 3) }).Similar!.Select(s => s.Id));
        using (IImportSession session = other.Store.BeginImport(Bench.Permit()))
        {
            session.Add(new MemoryDraft { Content = Text(7, 0) });
            session.Commit();
        }

        Assert.Single(bench.Create(new MemoryDraft { Content = Text(7, 1) }).Similar!);
    }

    [Fact]
    public void Create_ThatWasTakenBack_LosesNothingOfWhatOthersDo()
    {
        using var bench = new Bench(_folder.Path);
        using var other = new Bench(_folder.Path);
        bench.Add("first");
        for (int i = 0; i < 5; i++)
        {
            // Pending entries are written, and taken back with the failed change; others then use their numbers.
            bench.Store.Ledger.Queue(Bench.Deed(Effect.Read, "gnosis"), "", 1, "ok", []);
            Assert.Throws<FailureException>(() => bench.Create(new MemoryDraft { Content = "x" + i, Supersedes = [MemoryId.Create(1, bench.Fill)] }));
            MemoryId theirs = other.Add(Text(10 + i, 0));
            Assert.Equal(theirs, Assert.Single(bench.Create(new MemoryDraft { Content = Text(10 + i, 1) }).Similar!).Id);
        }
    }

    [Fact]
    public void FindDuplicates_FindsThePairsMostAlikeFirst()
    {
        using var bench = new Bench(_folder.Path);
        List<MemoryId> ids = [];
        for (int i = 0; i < Runs.Of(200, 2000); i++)
        {
            ids.Add(bench.Add(Text(i, 0)));
        }

        MemoryId near = bench.Add(Text(7, 1));
        MemoryId same = bench.Add(Text(9, 0), speaker: "another");
        MemoryId gone = bench.Add(Text(11, 1));
        bench.Store.Delete(gone, Bench.Permit(Effect.Delete));
        IReadOnlyList<DuplicatePair> pairs = bench.Store.FindDuplicates(0.8, 50);
        Assert.Equal([(ids[9], same), (ids[7], near)], pairs.Select(p => (p.A, p.B)));
        Assert.Equal(1, pairs[0].Similarity);
        Assert.InRange(pairs[1].Similarity, 0.8, 0.999);
        Assert.Equal(ids[9], Assert.Single(bench.Store.FindDuplicates(0.8, 1)).A);
        Assert.Single(bench.Store.FindDuplicates(1, 50));
        bench.Store.Purge(same, Bench.Permit(Effect.Delete));
        Assert.Empty(bench.Store.FindDuplicates(1, 50));
    }

    // Sixty words that no two texts share, of which each change is in one.
    private static string Text(int text, int change) => string.Join(' ', Enumerable.Range(0, 60).Select(i => i == 59 && change > 0 ? $"changed{change}" : $"word{text}x{i}"));
}
