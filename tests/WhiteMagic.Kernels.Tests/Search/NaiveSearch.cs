using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Kernels.Tests.Search;

/// <summary>BM25 as its formula says, over dictionaries of the tokenizer's terms.</summary>
internal sealed class NaiveSearch
{
    private readonly Dictionary<int, List<(ulong Term, int Field)>> _documents = [];

    public SearchSettings Settings { get; set; } = SearchSettings.Default;

    public Dictionary<int, float> Boosts { get; } = [];

    /// <summary>Which document each follows in a conversation.</summary>
    public Dictionary<int, int> Previous { get; } = [];

    public static List<ulong> Terms(ReadOnlySpan<byte> text)
    {
        var terms = new List<ulong>();
        var tokens = new Tokenizer(text);
        for (ulong term = tokens.Next(); term != 0; term = tokens.Next())
        {
            terms.Add(term);
        }

        return terms;
    }

    public void Add(int document, int field, byte[] text)
    {
        _documents.TryAdd(document, []);
        _documents[document].AddRange(Terms(text).Select(t => (t, field)));
    }

    public void Remove(int document) => _documents.Remove(document);

    public List<(int Document, double Score)> Query(byte[] query, int limit)
    {
        Dictionary<int, double> lengths = _documents.ToDictionary(d => d.Key, d => Weigh(d.Value));
        Dictionary<int, int> previous = Previous.Where(p => _documents.ContainsKey(p.Key) && _documents.ContainsKey(p.Value)).ToDictionary();
        Dictionary<int, int> next = previous.ToDictionary(p => p.Value, p => p.Key);
        int[] Near(int document) => [.. Steps(document, previous).Take(2), .. Steps(document, next).Take(2)];
        Dictionary<int, double> inContext = lengths.ToDictionary(l => l.Key, l => l.Value + (Settings.NeighbourWeight * Near(l.Key).Sum(n => lengths[n])));
        Dictionary<int, int> session = lengths.Keys.ToDictionary(d => d, d => Steps(d, previous).Append(d).Min());
        Dictionary<int, double> sessionLengths = lengths.GroupBy(l => session[l.Key]).ToDictionary(g => g.Key, g => g.Sum(l => l.Value));
        var scores = new Dictionary<int, double>();
        var sessionScores = new Dictionary<int, double>();
        foreach (ulong term in Terms(query).Distinct().Take(1024))
        {
            Dictionary<int, double> own = _documents.ToDictionary(d => d.Key, d => Weigh(d.Value.Where(t => t.Term == term)));
            Dictionary<int, double> tf = own.ToDictionary(o => o.Key, o => o.Value + (Settings.NeighbourWeight * Near(o.Key).Sum(n => own[n])));
            Add(scores, tf, inContext, _documents.Values.Count(d => d.Any(t => t.Term == term)), Settings.K1, Settings.B);
            Dictionary<int, double> sessionTf = own.GroupBy(o => session[o.Key]).ToDictionary(g => g.Key, g => g.Sum(o => o.Value));
            Add(sessionScores, sessionTf, sessionLengths, sessionTf.Values.Count(w => w > 0), RecallSettings.SessionK1, RecallSettings.SessionB);
        }

        double best = scores.Values.DefaultIfEmpty().Max();
        return [.. scores.Where(s => s.Value > 0)
            .Select(s => (s.Key, s.Value + (Settings.SessionWeight * sessionScores.GetValueOrDefault(session[s.Key])) + (best * Boosts.GetValueOrDefault(s.Key))))
            .OrderByDescending(s => s.Item2).ThenBy(s => s.Key).Take(limit)];
    }

    private static IEnumerable<int> Steps(int document, Dictionary<int, int> way)
    {
        while (way.TryGetValue(document, out document))
        {
            yield return document;
        }
    }

    private static void Add(Dictionary<int, double> scores, Dictionary<int, double> tf, Dictionary<int, double> lengths, double df, double k1, double b)
    {
        double idf = Math.Log(1 + ((lengths.Count - df + 0.5) / (df + 0.5)));
        double mean = lengths.Values.Sum() / lengths.Count;
        foreach ((int one, double weight) in tf.Where(t => t.Value > 0))
        {
            scores[one] = scores.GetValueOrDefault(one) + (idf * weight * (k1 + 1) / (weight + (k1 * (1 - b + (b * lengths[one] / mean)))));
        }
    }

    private double Weigh(IEnumerable<(ulong Term, int Field)> terms) => Enumerable.Range(0, 4).Sum(f => Settings.Weights[f] * terms.Count(t => t.Field == f));
}
