using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class HybridRecallTests : IDisposable
{
    private const long DayMs = 86_400_000;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Weights_SumToOne() => Assert.Equal(1, Channels.Weights.Sum);

    [Fact]
    public void Score_IsTheSumOfTheParts()
    {
        var random = new Random(5);
        for (int i = 0; i < 60; i++)
        {
            _bench.Create(new MemoryDraft { Content = $"needle {new string('n', random.Next(20))} {i}", Importance = random.NextDouble(), EventTimeMs = _bench.Time.NowMs - (random.Next(500) * DayMs) });
        }

        IReadOnlyList<HybridHit> hits = Find("needle", 40);
        Assert.Equal(40, hits.Count);
        Assert.Equal(hits.Select(h => h.Score).OrderDescending(), hits.Select(h => h.Score));
        Assert.All(hits, hit =>
        {
            Channels p = hit.Parts, v = hit.Values, w = Channels.Weights;
            Assert.Equal(hit.Score, p.Text + p.Nearness + p.Recency + p.Importance + p.Access, 9);
            Assert.Equal(v.Text * w.Text, p.Text, 6);
            Assert.Equal(v.Nearness * w.Nearness, p.Nearness, 6);
            Assert.Equal(v.Recency * w.Recency, p.Recency, 6);
            Assert.Equal(v.Importance * w.Importance, p.Importance, 6);
            Assert.Equal(v.Access * w.Access, p.Access, 6);
            Assert.InRange(hit.Score, 0, 1);
            Assert.Equal(1 / (1 + hit.Distance), v.Nearness, 9);
        });
    }

    [Fact]
    public void Channels_OrderWhatWordsLeaveEqual()
    {
        MemoryId old = Create("the needle in a stack", _bench.Time.NowMs - (400 * DayMs), 0.5);
        MemoryId young = Create("the needle in a track", _bench.Time.NowMs, 0.5);
        MemoryId weighty = Create("the needle in a crack", _bench.Time.NowMs, 1);
        Assert.Equal([weighty, young, old], Find("needle", 10).Select(h => h.Hit.Memory.Id));
        for (int i = 0; i < 200; i++)
        {
            _bench.Store.NoteAccess(young);
        }

        _bench.Galaxies.FlushPending();
        Assert.Equal(200 / 210.0, Find("needle", 10).Single(h => h.Hit.Memory.Id == young).Values.Access, 9);
    }

    [Fact]
    public void Words_DecideOverTheOtherChannels()
    {
        MemoryId both = Create("a needle made of silver", _bench.Time.NowMs - (2000 * DayMs), 0);
        MemoryId one = Create("a needle made of wood and of some more words", _bench.Time.NowMs, 1);
        Assert.Equal([both, one], Find("silver needle", 10).Select(h => h.Hit.Memory.Id));
    }

    [Fact]
    public void Place_IsFilledWithTheNearest_WhenTooFewHaveTheWords()
    {
        MemoryId word = Create("the needle", _bench.Time.NowMs, 0.5);
        MemoryId near = Create("grief and sorrow", _bench.Time.NowMs, 0.5);
        Create("a theorem and its proof", _bench.Time.NowMs, 0.5);
        IReadOnlyList<HybridHit> hits = Find("needle of grief, joy and love", 3);
        Assert.Equal(3, hits.Count);
        Assert.Contains(word, hits.Take(2).Select(h => h.Hit.Memory.Id));
        Assert.Equal(near, Find("despair", 1)[0].Hit.Memory.Id);
        Assert.Equal("grief and sorrow", Find("despair", 1)[0].Hit.Snippet);
        Assert.Equal(0, Find("despair", 1)[0].Parts.Text);
    }

    [Fact]
    public void Index_IsNotMade_WhenTheWordsSuffice()
    {
        for (int i = 0; i < 12; i++)
        {
            Create($"needle {i}", _bench.Time.NowMs, 0.5);
        }

        Find("needle", 10);
        Assert.Null(_bench.Store.Hologram().Indexed);
        Find("needle", 13);
        Assert.Equal(12, _bench.Store.Hologram().Indexed);
    }

    [Fact]
    public void Query_OfAnyText_IsAnswered()
    {
        var random = new Random(8);
        for (int i = 0; i < 30; i++)
        {
            Create("x " + RandomTexts.Unicode(random, 100), _bench.Time.NowMs, 0.5);
        }

        foreach (string query in (string[])["", "\0", "\"", "AND", "the"])
        {
            Assert.Equal(10, Find(query, 10).Count);
        }
    }

    private MemoryId Create(string content, long eventTimeMs, double importance) =>
        _bench.Create(new MemoryDraft { Content = content, EventTimeMs = eventTimeMs, Importance = importance }).Id;

    private IReadOnlyList<HybridHit> Find(string query, int limit) => HybridRecall.Find(_bench.Store, query, limit, _bench.Time.NowMs, 4096);
}
