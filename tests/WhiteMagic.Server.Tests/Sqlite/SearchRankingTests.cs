using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Kernels.Search;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;
using SearchHit = WhiteMagic.Memory.SearchHit;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class SearchRankingTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Search_OfAnyText_GivesAnOrderThatIsTotalStableAndExplained()
    {
        var random = new Random(9);
        for (int i = 0; i < 200; i++)
        {
            _bench.Add(RandomTexts.Any(random, random.Next(1, 200)) + i, session: i % 4 == 0 ? null : "s" + (i / 10), speaker: i % 3 == 0 ? "Ann" : null);
        }

        for (int i = 0; i < Runs.Of(300, 5000); i++)
        {
            string query = i % 2 == 0 ? RandomTexts.Any(random, random.Next(60)) : _bench.Store.List(_all, 200).Memories[random.Next(200)].Content[..1] + " when did Ann " + random.Next(200);
            IReadOnlyList<SearchHit> hits = _bench.Store.Search(query, _all, random.Next(1, 100));
            IReadOnlyList<SearchHit> again = _bench.Store.Search(query, _all, hits.Count + 1);
            Assert.Equal(hits.Select(h => h.Memory.Id), again.Take(hits.Count).Select(h => h.Memory.Id));
            Assert.Equal(hits.Count, hits.Select(h => h.Memory.Id).Distinct().Count());
            for (int k = 0; k < hits.Count; k++)
            {
                Assert.True(k == 0 || hits[k - 1].Score >= hits[k].Score);
                if (hits[k].Parts is { } parts)
                {
                    Assert.Equal(hits[k].Score, parts.Sum);
                    Assert.Equal(hits[k].Score, parts.Text + parts.Session + parts.Speaker + parts.Date + parts.When + parts.Length + parts.Adjacent + parts.Exact + parts.Superseded, 6);
                }
            }
        }
    }

    [Fact]
    public void Search_ForThreeRareWordsOfAMemory_FindsIt()
    {
        var random = new Random(10);
        List<(MemoryId Id, string[] Rare)> memories = [];
        for (int i = 0; i < 500; i++)
        {
            string[] rare = [.. Enumerable.Range(0, 5).Select(k => $"{Word(random)}{Word(random)}{i}x{k}")];
            string[] words = [.. rare.Concat(Enumerable.Range(0, random.Next(5, i % 10 == 0 ? 2000 : 60)).Select(_ => Word(random))).OrderBy(_ => random.Next())];
            memories.Add((_bench.Add(string.Join(' ', words), session: i % 2 == 0 ? "s" + (i / 20) : null), rare));
        }

        foreach ((MemoryId id, string[] rare) in memories)
        {
            string query = string.Join(' ', rare.OrderBy(_ => random.Next()).Take(3).Append(Word(random)));
            Assert.Equal(id, _bench.Store.Search(query, _all, 10)[0].Memory.Id);
        }
    }

    [Fact]
    public void Search_GivesTheScoresOfTheKernel()
    {
        var random = new Random(11);
        var index = default(SearchIndex);
        SearchSettings settings = SearchSettings.Default;
        (settings.K1, settings.B, settings.NeighbourWeight, settings.SessionWeight) = (RecallWeights.K1, RecallWeights.B, RecallWeights.Neighbour, RecallWeights.Session);
        Assert.Equal(0, index.Configure(settings));
        var documents = new Dictionary<MemoryId, int>();
        var words = new List<string>();
        for (int i = 0; i < 400; i++)
        {
            string text = string.Join(' ', Enumerable.Range(0, random.Next(1, 30)).Select(_ => Word(random))) + " n" + i;
            words.AddRange(text.Split(' '));
            bool isAlone = i % 7 == 0;
            documents.Add(_bench.Add(text, session: isAlone ? null : "s" + (i / 25)), index.Begin());
            Assert.Equal(0, index.AddText(0, Encoding.UTF8.GetBytes(text)));
            int previous = (i - 1) % 7 == 0 ? i - 2 : i - 1;
            if (!isAlone && previous >= 0 && previous / 25 == i / 25)
            {
                Assert.True(index.Follow(i, previous));
            }
        }

        for (int i = 0; i < 200; i++)
        {
            // Known words: only wm repairs others.
            string query = string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Count)]));
            var hits = new Kernels.Search.SearchHit[400];
            int count = index.Query(Encoding.UTF8.GetBytes(query), hits);
            Dictionary<int, double> scores = hits.Take(count).ToDictionary(h => h.Document, h => h.Score);
            foreach (SearchHit hit in _bench.Store.Search(query, _all, 200))
            {
                Assert.Equal(scores[documents[hit.Memory.Id]], hit.Parts!.Text + hit.Parts.Session, 0.00001);
            }
        }

        index.Free();
    }

    [Fact]
    public void Search_InALargeGalaxy_ScoresFrequentTermsOnlyInWhatRarerOnesFound()
    {
        const int Count = 70_000;
        using (IImportSession import = _bench.Store.BeginImport(Bench.Permit()))
        {
            for (int i = 0; i < Count; i++)
            {
                // Every memory has common, one in twenty-three is in a group of some three thousand, one in a thousand has rare; numbers are their own.
                import.Add(new MemoryDraft
                {
                    Content = $"common {(i % 2 == 0 ? "even" : "odd")} group{i % 23} {(i % 1000 == 0 ? "rare" : "usual")} n{i}",
                    SessionId = i % 5 == 0 ? "s" + (i / 50) : null,
                });
            }

            import.Commit();
        }

        IReadOnlyList<SearchHit> all = _bench.Store.Search("common even", _all, 200);
        Assert.Equal(200, all.Count);
        Assert.All(all, h => Assert.Contains("even", h.Memory.Content, StringComparison.Ordinal));
        IReadOnlyList<SearchHit> group = _bench.Store.Search("common even group7", _all, 200);
        Assert.All(group, h => Assert.Contains("common even group7 ", h.Memory.Content, StringComparison.Ordinal));
        Assert.All(group, h => Assert.Equal(h.Score, h.Parts!.Sum));
        IReadOnlyList<SearchHit> rare = _bench.Store.Search("rare even common", _all, 200);
        Assert.All(rare.Take(70), h => Assert.Contains("rare", h.Memory.Content, StringComparison.Ordinal));
        Assert.Equal(200, rare.Count);
        Assert.Equal("common odd group5 usual n1063", _bench.Store.Search("odd common n1063 usual", _all, 1)[0].Memory.Content);
    }

    [Fact]
    public void Search_WithAnyFilter_GivesWhatTheFilterAdmitsAndAllOfIt()
    {
        var random = new Random(12);
        for (int i = 0; i < 300; i++)
        {
            _bench.Create(new MemoryDraft
            {
                Content = "common " + i,
                Tags = [.. new[] { "a", "b", "c" }.Where(_ => random.Next(2) == 0)],
                Type = (MemoryType)random.Next(1, 4),
                SessionId = random.Next(3) == 0 ? null : "s" + random.Next(4),
                Speaker = random.Next(3) == 0 ? null : "p" + random.Next(4),
                EventTimeMs = random.Next(-1000, 1000),
            });
        }

        for (int i = 0; i < 300; i++)
        {
            var filter = new MemoryFilter
            {
                Tags = [.. new[] { "a", "b", "c", "d" }.Where(_ => random.Next(4) == 0)],
                Type = random.Next(3) == 0 ? (MemoryType)random.Next(1, 5) : null,
                SessionId = random.Next(3) == 0 ? "s" + random.Next(5) : null,
                Speaker = random.Next(3) == 0 ? "p" + random.Next(5) : null,
                SinceMs = random.Next(3) == 0 ? random.Next(-1000, 1000) : null,
                UntilMs = random.Next(3) == 0 ? random.Next(-1000, 1000) : null,
            };
            HashSet<MemoryId> admitted = [.. _bench.Store.List(filter, 200).Memories.Select(m => m.Id)];
            Assert.True(admitted.SetEquals(_bench.Store.Search("common", filter, 200).Select(h => h.Memory.Id)) || admitted.Count == 200);
        }
    }

    [Fact]
    public void Search_NeverGivesWhatWasDeletedOrPurged()
    {
        List<MemoryId> ids = [.. Enumerable.Range(0, 60).Select(i => _bench.Add($"needle {i}", session: "s"))];
        for (int i = 0; i < 60; i += 3)
        {
            _bench.Store.Delete(ids[i], Bench.Permit(Effect.Delete));
            _bench.Store.Purge(ids[i + 1], Bench.Permit(Effect.Delete));
            Assert.DoesNotContain(_bench.Store.Search("needle", _all, 200), h => h.Memory.Id == ids[i] || h.Memory.Id == ids[i + 1]);
            Assert.Empty(_bench.Store.Search(i.ToString(CultureInfo.InvariantCulture) + "q", _all, 200));
        }

        Assert.Equal(20, _bench.Store.Search("needle", _all, 200).Count);
    }

    [Theory]
    [InlineData("kubernets rollout", "Kubernetes rollout finished")]
    [InlineData("wher is the warehuose", "The warehouse is in Leipzig")]
    [InlineData("возвращние", "возвращение товара")]
    public void Search_ForAMisspeltWord_FindsTheMostFrequentOneMeant(string query, string found)
    {
        _bench.Add("Nothing of it is here");
        _bench.Add("Something else was said");
        MemoryId id = _bench.Add(found);
        Assert.Equal(id, _bench.Store.Search(query, _all, 3)[0].Memory.Id);
    }

    [Fact]
    public void Search_TheExactFormScoresHigher()
    {
        MemoryId stem = _bench.Add("the runner of the relation");
        MemoryId exact = _bench.Add("the running of the relations");
        Assert.Equal(exact, _bench.Store.Search("running", _all, 2)[0].Memory.Id);
        Assert.Equal(exact, _bench.Store.Search("relations", _all, 2)[0].Memory.Id);
        Assert.Equal(stem, _bench.Store.Search("relation", _all, 2)[0].Memory.Id);
    }

    [Fact]
    public void Search_ForADay_FindsWhatHappenedThen()
    {
        long day = 86_400_000L;
        List<MemoryId> ids = [.. Enumerable.Range(0, 20).Select(i => _bench.Create(new MemoryDraft { Content = $"standup of the team {(char)('a' + i)}", EventTimeMs = _bench.Time.NowMs - (i * day) }).Id)];
        Assert.Equal(ids[3], _bench.Store.Search("team standup 3 days ago", _all, 3)[0].Memory.Id);
        Assert.Equal(ids[1], _bench.Store.Search("yesterday's standup", _all, 3)[0].Memory.Id);
        string date = DateTimeOffset.FromUnixTimeMilliseconds(_bench.Time.NowMs - (7 * day)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(ids[7], _bench.Store.Search("standup " + date, _all, 3)[0].Memory.Id);
    }

    [Fact]
    public void Search_ForASpeakerByName_PutsTheirsFirst()
    {
        _bench.Add("Caroline likes pottery and went to a class", speaker: "Melanie Jones");
        MemoryId own = _bench.Add("I signed up for a pottery class", speaker: "Caroline Smith");
        _bench.Add("user pottery", speaker: "user");
        Assert.Equal(own, _bench.Store.Search("What did Caroline say about the pottery class?", _all, 3)[0].Memory.Id);
    }

    [Fact]
    public void History_FollowsReplacementsBothWays()
    {
        MemoryId first = _bench.Add("the first");
        MemoryId second = _bench.Create(new MemoryDraft { Content = "the second", Supersedes = [first] }).Id;
        MemoryId third = _bench.Add("the third");
        _bench.Store.Update(third, new MemoryPatch { Supersedes = [second] }, null, Bench.Permit());
        foreach (MemoryId id in (MemoryId[])[first, second, third])
        {
            Assert.Equal([first, second, third], _bench.Store.History(id).Select(m => m.Id));
        }

        _bench.Store.Update(first, new MemoryPatch { Supersedes = [third] }, null, Bench.Permit());
        Assert.Null(_bench.Store.Find(first)!.SupersededBy);
        Assert.Equal(first, _bench.Store.Find(third)!.SupersededBy);
        Assert.Equal(3, _bench.Store.History(second).Count);
        Assert.Equal(3, _bench.Store.Search("first second third", _all, 5).Count);
        FailureException failure = Assert.Throws<FailureException>(() => _bench.Store.Update(first, new MemoryPatch { Supersedes = [default] }, null, Bench.Permit()));
        Assert.Contains("supersedes names", failure.Message, StringComparison.Ordinal);
        Assert.Single(_bench.Store.History(_bench.Add("alone")));
    }

    [Fact]
    public void Successor_ThatIsDeletedOrLetsGo_HoldsNothingBack()
    {
        MemoryId first = _bench.Add("the tariff is seven");
        MemoryId second = _bench.Create(new MemoryDraft { Content = "the tariff is eight", Supersedes = [first] }).Id;
        MemoryId third = _bench.Create(new MemoryDraft { Content = "the tariff is nine", Supersedes = [second] }).Id;
        Assert.Equal(second, _bench.Store.Find(first)!.SupersededBy);

        // The one after the deleted one holds now, in the record and in the ranking.
        _bench.Store.Delete(second, Bench.Permit());
        Assert.Equal(third, _bench.Store.Find(first)!.SupersededBy);
        Assert.True(PartsOf(first).Superseded < 0);
        _bench.Store.Delete(third, Bench.Permit());
        Assert.Null(_bench.Store.Find(first)!.SupersededBy);
        Assert.Equal(0, PartsOf(first).Superseded);

        MemoryId fourth = _bench.Create(new MemoryDraft { Content = "the tariff is ten", Supersedes = [first] }).Id;
        Assert.True(PartsOf(first).Superseded < 0);
        _bench.Store.Update(fourth, new MemoryPatch { Supersedes = [] }, null, Bench.Permit());
        Assert.Null(_bench.Store.Find(first)!.SupersededBy);
        Assert.Equal(0, PartsOf(first).Superseded);

        // The same text again is the same memory; it replaces what had replaced it, without a ring.
        MemoryId fifth = _bench.Create(new MemoryDraft { Content = "the tariff is twelve", Supersedes = [fourth] }).Id;
        Assert.Equal(fourth, _bench.Create(new MemoryDraft { Content = "the tariff is ten", Supersedes = [fifth] }).Id);
        Assert.Equal((null, fourth), (_bench.Store.Find(fourth)!.SupersededBy, _bench.Store.Find(fifth)!.SupersededBy));
        ScoreParts PartsOf(MemoryId id) => _bench.Store.Search("tariff", _all, 9).Single(hit => hit.Memory.Id == id).Parts!;
    }

    private static string Word(Random random) => "w" + (char)('a' + random.Next(26)) + (char)('a' + (int)(26 * Math.Pow(random.NextDouble(), 3))) + (char)('a' + (int)(26 * Math.Pow(random.NextDouble(), 3)));
}
