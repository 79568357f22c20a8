using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Sqlite;

public sealed class RecallTests : IDisposable
{
    private static readonly MemoryFilter _all = new();

    private readonly Bench _bench = new();

    private IGalaxyStore Store => _bench.Store;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void List_PagesThroughEverythingOnceWhileOthersInsert()
    {
        var expected = new List<MemoryId>();
        for (int i = 0; i < 25; i++)
        {
            // Some of one millisecond.
            _bench.Time.NowMs -= i % 3 == 0 ? 1 : 0;
            expected.Insert(0, _bench.Add($"memory {i}"));
        }

        var seen = new List<MemoryId>();
        string? cursor = null;
        do
        {
            ListPage page = Store.List(_all, 4, cursor);
            seen.AddRange(page.Memories.Select(m => m.Id));
            cursor = page.NextCursor;
            _bench.Add($"in between {seen.Count}");
        }
        while (cursor is not null);
        Assert.Equal(expected, seen);
        Assert.Null(Store.List(_all, 200).NextCursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("5")]
    [InlineData("-5")]
    [InlineData("5-")]
    [InlineData("5-x")]
    [InlineData("99999999999999999999-1")]
    public void List_WithAForeignCursor_IsRefused(string cursor)
    {
        FailureException failure = Assert.Throws<FailureException>(() => Store.List(_all, 4, cursor));
        Assert.Equal(ErrorCode.InvalidParams, failure.Code);
        Assert.StartsWith("cursor", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("???")]
    [InlineData("- \" ( * :")]
    public void Search_WithoutAWord_GivesNothingAndABlankOneTheNewest(string query)
    {
        _bench.Add("older ???");
        MemoryId newer = _bench.Add("newer");
        Assert.Empty(Store.Search(query, _all, 10));
        Assert.Equal(newer, Store.Search("", _all, 10)[0].Memory.Id);
        Assert.Equal(2, Store.Search(" \t\n", _all, 10).Count);
    }

    [Fact]
    public void Search_OfEquallyGoodOnes_GivesTheNewestFirstAndAReplacedOneLast()
    {
        List<MemoryId> ids = [.. Enumerable.Range(0, 30).Select(i => _bench.Add($"needle x{(char)('a' + i)}"))];
        Assert.Equal(Enumerable.Reverse(ids), Store.Search("needle", _all, 100).Select(h => h.Memory.Id));
        Assert.Equal(Enumerable.Reverse(ids).Take(3), Store.Search("needle", _all, 3).Select(h => h.Memory.Id));
        _bench.Time.NowMs -= 1_000_000;
        MemoryId successor = _bench.Create(new MemoryDraft { Content = "needle zz", Supersedes = [ids[^1]] }).Id;
        List<MemoryId> found = [.. Store.Search("needle", _all, 100).Select(h => h.Memory.Id)];
        Assert.Equal(ids[^2], found[0]);
        Assert.Equal([successor, ids[^1]], found[^2..]);
    }

    [Fact]
    public void Filters_AloneAndTogether_AgreeWithTheNaiveWay()
    {
        var random = new Random(11);
        string[] tags = ["a", "b", "c"];
        string?[] names = [null, "x", "y"];
        for (int i = 0; i < 60; i++)
        {
            MemoryId id = _bench.Add($"common word {i}", tags: [.. tags.Where(_ => random.Next(2) == 0)], type: (MemoryType)random.Next(1, 4), session: names[random.Next(3)],
                speaker: names[random.Next(3)], eventTime: random.Next(10));
            if (random.Next(5) == 0)
            {
                Store.Delete(id, Bench.Permit(Effect.Delete));
            }
        }

        IReadOnlyList<MemoryRecord> everything = Store.List(new MemoryFilter { IncludeDeleted = true }, 200).Memories;
        Assert.Equal(60, everything.Count);
        for (int round = 0; round < Runs.Of(150, 5000); round++)
        {
            T? Maybe<T>(T value)
                where T : struct => random.Next(2) == 0 ? null : value;
            var filter = new MemoryFilter
            {
                Tags = [.. tags.Where(_ => random.Next(3) == 0)],
                Type = Maybe((MemoryType)random.Next(1, 4)),
                SessionId = names[random.Next(3)],
                Speaker = names[random.Next(3)],
                SinceMs = Maybe((long)random.Next(10)),
                UntilMs = Maybe((long)random.Next(10)),
                IncludeDeleted = random.Next(2) == 0,
            };
            bool Holds(MemoryRecord m, bool deleted) => (deleted || m.DeletedAtMs is null) && filter.Tags.All(m.Tags.Contains) && (filter.Type is null || m.Type == filter.Type)
                && (filter.SessionId is null || m.SessionId == filter.SessionId) && (filter.Speaker is null || m.Speaker == filter.Speaker)
                && (filter.SinceMs is null || m.EventTimeMs >= filter.SinceMs) && (filter.UntilMs is null || m.EventTimeMs < filter.UntilMs);
            MemoryId[] expected = [.. everything.Where(m => Holds(m, filter.IncludeDeleted)).Select(m => m.Id)];
            Assert.Equal(expected, Store.List(filter, 200).Memories.Select(m => m.Id));
            IEnumerable<MemoryId> found = everything.Where(m => Holds(m, false)).Select(m => m.Id).Order(Comparer<MemoryId>.Create((a, b) => a.Value.CompareTo(b.Value)));
            Assert.Equal(found, Store.Search("words", filter, 200).Select(h => h.Memory.Id).Order(Comparer<MemoryId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        }
    }

    [Fact]
    public void Filter_WithAsManyTagsAsThereMayBe_Works()
    {
        string[] tags = [.. Enumerable.Range(0, 64).Select(i => $"tag-{i}")];
        MemoryId id = _bench.Add("tagged text", tags: tags, session: "s", speaker: "p", eventTime: 5);
        var filter = new MemoryFilter { Tags = tags, SessionId = "s", Speaker = "p", Type = MemoryType.Note, SinceMs = 5, UntilMs = 6 };
        Assert.Equal(id, Assert.Single(Store.List(filter, 10).Memories).Id);
        Assert.Equal(id, Assert.Single(Store.Search("text", filter, 10)).Memory.Id);
    }

    [Fact]
    public void Search_IsAnyOfTheStemmedWordsWithoutStopWords()
    {
        MemoryId one = _bench.Add("We rolled back the deploys on Friday");
        MemoryId two = _bench.Add("Café menu", "Deploying");
        MemoryId three = _bench.Add("nothing of it", tags: ["deployed"], speaker: "Maria");
        _bench.Add("the and of we");
        MemoryId[] Find(string query) => [.. Store.Search(query, _all, 10).Select(h => h.Memory.Id)];
        Assert.Equal(3, Find("deploy").Length);
        Assert.Contains(one, Find("deploys of the past"));
        Assert.Equal([two], Find("the cafe"));
        Assert.Equal([three], Find("MARIA"));
        Assert.Equal(2, Find("friday menu").Length);
        Assert.Empty(Find("title"));
        Assert.Empty(Find("absent"));
        Assert.NotEmpty(Find("the"));
    }

    [Fact]
    public void Search_OfNothing_GivesTheNewest()
    {
        _bench.Add("one");
        MemoryId newest = _bench.Add("two");
        IReadOnlyList<SearchHit> hits = Store.Search(" \t ", _all, 1);
        Assert.Equal(newest, Assert.Single(hits).Memory.Id);
        Assert.Equal(0, hits[0].Score);
        Assert.Equal("two", hits[0].Snippet);
    }

    [Fact]
    public void Search_PutsTheBetterFirstAndShowsTheWords()
    {
        _bench.Add("A long text in which the walrus is named only once among very many other words that say nothing about it at all.");
        MemoryId best = _bench.Add("Walrus, walrus: the walrus.", "Walrus");
        IReadOnlyList<SearchHit> hits = Store.Search("walrus", _all, 10);
        Assert.Equal(best, hits[0].Memory.Id);
        Assert.True(hits[0].Score > hits[1].Score && hits[1].Score > 0);
        MemoryId far = _bench.Add(string.Join(' ', Enumerable.Repeat("filler", 500)) + " needle " + string.Join(' ', Enumerable.Repeat("filler", 500)));
        SearchHit hit = Assert.Single(Store.Search("needle", _all, 10));
        Assert.Equal(far, hit.Memory.Id);
        Assert.Contains("needle", hit.Snippet, StringComparison.Ordinal);
        Assert.InRange(hit.Snippet.Length, 10, 400);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('\u0001')]
    [InlineData('-')]
    public void Snippet_OfALongRun_IsBounded(char c)
    {
        _bench.Add("needle " + new string(c, 900_000) + " needle");
        Assert.InRange(Assert.Single(Store.Search("needle", _all, 10)).Snippet.Length, 1, 1001);
        Assert.InRange(Assert.Single(Store.Search("", _all, 10)).Snippet.Length, 1, 1001);
    }

    [Fact]
    public void Search_TakesAnyText()
    {
        _bench.Add("word words 漢字 é 1");
        var random = new Random(12);
        int found = 0;
        for (int i = 0; i < Runs.Of(2000, 50_000); i++)
        {
            found += Store.Search(RandomTexts.Any(random, random.Next(60)), _all, 3).Count;
        }

        Assert.InRange(found, 1, int.MaxValue);
        foreach (string query in (string[])[new('"', 8192), new('(', 8192), string.Concat(Enumerable.Repeat("a b c d ", 1024)), "\u0301", "x\u0301", "\uE000", "\0", "NEAR(a b)", "title:word"])
        {
            Store.Search(query, _all, 3);
        }
    }

    [Fact]
    public void ReadAll_GivesEverythingOldestFirstUntilItIsStopped()
    {
        MemoryId[] ids = [.. Enumerable.Range(0, 5).Select(i => _bench.Add($"m{i}"))];
        var seen = new List<MemoryId>();
        Store.ReadAll(_all, m =>
        {
            seen.Add(m.Id);
            return seen.Count < 3;
        });
        Assert.Equal(ids[..3], seen);
    }
}
