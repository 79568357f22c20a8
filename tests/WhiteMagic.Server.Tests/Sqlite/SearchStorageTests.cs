using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Server.Tests.Sqlite;

/// <summary>The search tables stay in step with the memories, whatever changes, in whatever order, from whatever process.</summary>
public sealed class SearchStorageTests
{
    private static readonly MemoryFilter _all = new();

    private static readonly string[] _words = [.. Enumerable.Range(0, 300).Select(i => "w" + Letters(i * 7919))];

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(2, 9)]
    [InlineData(3, 50)]
    public void Changes_InAnyOrder_LeaveTheTablesAsIfMadeAnew(int seed, int mostRecent)
    {
        using var bench = new Bench(mostRecentChanges: mostRecent);
        using var other = new Bench(bench.Root, time: bench.Time, mostRecentChanges: mostRecent);
        var random = new Random(seed);
        var living = new List<MemoryId>();
        var dead = new List<MemoryId>();
        for (int step = 0; step < Runs.Of(600, 20_000); step++)
        {
            Bench at = random.Next(2) == 0 ? bench : other;
            int what = random.Next(20);
            bench.Time.NowMs += random.Next(3) - 1;
            if (what < 11 || living.Count == 0)
            {
                living.Add(at.Add(Text(random) + " unique" + Letters(step), session: Session(random), speaker: random.Next(3) == 0 ? "speaker " + random.Next(4) : null));
            }
            else if (what < 14)
            {
                at.Store.Update(Any(living, random), new MemoryPatch { Content = Text(random) + " changed" + Letters(step), SessionId = random.Next(2) == 0 ? Session(random) : null }, null, Bench.Permit());
            }
            else if (what < 16)
            {
                MemoryId id = Any(living, random);
                at.Store.Delete(id, Bench.Permit(Effect.Delete));
                living.Remove(id);
                dead.Add(id);
            }
            else if (what < 17 && dead.Count > 0)
            {
                MemoryId id = Any(dead, random);
                at.Store.Restore(id, Bench.Permit());
                dead.Remove(id);
                living.Add(id);
            }
            else if (what < 18)
            {
                MemoryId id = Any(living, random);
                at.Store.Purge(id, Bench.Permit(Effect.Delete));
                living.Remove(id);
            }
            else
            {
                AssertSame(bench, other, _words[random.Next(_words.Length)] + " " + _words[random.Next(_words.Length)]);
            }
        }

        using Connection raw = bench.Raw();
        Assert.Equal(0, SearchCheck.CountWrong(raw));
        using var fresh = new Bench(bench.Root, time: bench.Time);
        foreach (string word in _words.Take(100))
        {
            AssertSame(bench, other, word);
            AssertSame(bench, fresh, word);
        }

        List<string> before = [.. _words.Take(50).Select(w => Shown(bench, w))];
        raw.Execute("BEGIN IMMEDIATE");
        Assert.Equal(living.Count, new SearchWriter().Rebuild(raw));
        raw.Execute("COMMIT");
        Assert.Equal(0, SearchCheck.CountWrong(raw));
        Assert.Equal(before, _words.Take(50).Select(w => Shown(bench, w)));
    }

    [Fact]
    public void Segments_AreMadeAndStillChange()
    {
        using var bench = new Bench();
        var ids = new List<MemoryId>();
        using (IImportSession import = bench.Store.BeginImport(Bench.Permit()))
        {
            for (int i = 0; i < 10_000; i++)
            {
                ids.Add(MemoryId.Create(bench.Time.NowMs, bench.Fill));
                import.Add(new MemoryDraft { Id = ids[^1], Content = $"common {_words[i % 300]} rare{Letters(i)}", SessionId = "s" + (i / 10), Speaker = i % 2 == 0 ? "Ann" : "Ben" });
            }

            import.Commit();
        }

        using Connection raw = bench.Raw();
        Assert.Equal(2, raw.ScalarInt64("SELECT count(*) FROM search_segments"));
        Assert.Equal(0, SearchCheck.CountWrong(raw));
        foreach (int i in (int[])[0, 17, 4095, 4096, 9999])
        {
            Assert.Equal(ids[i], bench.Store.Search($"rare{Letters(i)}", _all, 3)[0].Memory.Id);
        }

        Assert.Equal(200, bench.Store.Search("common", _all, 200).Count);
        for (int i = 0; i < 2000; i++)
        {
            bench.Store.Delete(ids[i], Bench.Permit(Effect.Delete));
        }

        bench.Store.Update(ids[5000], new MemoryPatch { Content = "moved elsewhere" }, null, Bench.Permit());
        Assert.Equal(0, SearchCheck.CountWrong(raw));
        Assert.Empty(bench.Store.Search($"rare{Letters(17)}", _all, 3));
        Assert.Equal(ids[5000], bench.Store.Search("moved elsewhere", _all, 3)[0].Memory.Id);
        Assert.DoesNotContain(bench.Store.Search($"rare{Letters(5000)}", new MemoryFilter { SessionId = "nobody" }, 3), _ => true);
    }

    [Fact]
    public void Database_OfSchema3_IsMigratedAndSearched()
    {
        using var folder = new TemporaryFolder();
        string path;
        MemoryId id;
        using (var made = new Bench(folder.Path))
        {
            made.Add("the harbour is empty", session: "s", speaker: "Ann");
            id = made.Add("a lighthouse stands on the cliff", session: "s");
            made.Store.Delete(made.Add("a dead lighthouse"), Bench.Permit(Effect.Delete));
            path = made.DatabasePath;
        }

        using (Connection raw = Connection.Open(path, Connection.Mode.ReadWrite, 2000))
        {
            EarlierSchema.GoBackTo3(raw);
        }

        using var bench = new Bench(folder.Path);
        Assert.Equal(id, bench.Store.Search("lighthouses", _all, 5)[0].Memory.Id);
        using Connection after = bench.Raw();
        Assert.Equal(0, SearchCheck.CountWrong(after));
        Assert.Equal(0, after.ScalarInt64("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'memories_fts%'"));
        bench.Add("tagged after", tags: ["t"]);
        Assert.Equal(1, after.ScalarInt64("SELECT count(*) FROM memory_tags"));
    }

    [Theory]
    [InlineData("UPDATE search_recent SET terms = randomblob(length(terms)) WHERE entry = 2")]
    [InlineData("UPDATE search_recent SET terms = NULL WHERE entry = 2")]
    [InlineData("UPDATE search_documents SET records = zeroblob(3600)")]
    [InlineData("UPDATE search_documents SET records = randomblob(3600)")]
    [InlineData("UPDATE search_documents SET records = randomblob(17)")]
    [InlineData("INSERT INTO search_postings VALUES(123456, randomblob(3000))")]
    [InlineData("INSERT INTO search_segments VALUES(1, 2, 3); INSERT INTO search_postings VALUES((1 << 40) | 5, randomblob(3000))")]
    [InlineData("INSERT INTO search_documents VALUES(-1, randomblob(3600)), (-9000000000, randomblob(3600))")]
    [InlineData("INSERT INTO search_documents VALUES(900000, randomblob(3600)), (9000000000000, randomblob(3600))")]
    [InlineData("UPDATE search_recent SET number = number - 1000; INSERT INTO search_recent VALUES(99, 9223372036854775807, randomblob(99), 0)")]
    [InlineData("DELETE FROM search_state")]
    public void Tables_ThatAreDamaged_AreNoticedAndBringNothingDown(string damage)
    {
        using var bench = new Bench();
        for (int i = 0; i < 20; i++)
        {
            bench.Add($"memory {i} of {_words[i]}", session: i % 3 == 0 ? "s" : null);
        }

        using Connection raw = bench.Raw();
        raw.Execute(damage);
        using var fresh = new Bench(bench.Root, time: bench.Time);
        _ = fresh.Store.Search("memory of " + _words[3], _all, 10);
        _ = fresh.Store.Search(_words[1] + "x", _all, 10);
        Assert.NotEqual(0, SearchCheck.CountWrong(raw));
        raw.Execute("BEGIN IMMEDIATE");
        new SearchWriter().Rebuild(raw);
        raw.Execute("COMMIT");
        Assert.Equal(0, SearchCheck.CountWrong(raw));
        Assert.Equal(20, fresh.Store.Search("memory", _all, 50).Count);
    }

    private static void AssertSame(Bench a, Bench b, string query) => Assert.Equal(Shown(a, query), Shown(b, query));

    private static string Shown(Bench bench, string query) =>
        string.Join('\n', bench.Store.Search(query, _all, 20).Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Memory.Id} {h.Score:R} {h.Snippet}")));

    private static MemoryId Any(List<MemoryId> ids, Random random) => ids[random.Next(ids.Count)];

    private static string? Session(Random random) => random.Next(3) == 0 ? null : "session " + random.Next(8);

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => _words[random.Next(_words.Length)]));

    // A number as a word.
    private static string Letters(int number)
    {
        string letters = "";
        for (uint rest = (uint)number + 1; rest > 0; rest /= 20)
        {
            letters += (char)('a' + (rest % 20));
        }

        return letters + "q";
    }
}
