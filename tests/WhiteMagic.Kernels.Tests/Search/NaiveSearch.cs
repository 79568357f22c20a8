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
        double Weigh(IEnumerable<(ulong Term, int Field)> terms) =>
            Enumerable.Range(0, 4).Sum(f => Settings.Weights[f] * terms.Count(t => t.Field == f));
        double mean = Weigh(_documents.Values.SelectMany(d => d)) / _documents.Count;
        var scores = new Dictionary<int, double>();
        foreach (ulong term in Terms(query).Distinct().Take(1024))
        {
            double df = _documents.Values.Count(d => d.Any(t => t.Term == term));
            double idf = Math.Log(1 + ((_documents.Count - df + 0.5) / (df + 0.5)));
            foreach ((int document, List<(ulong Term, int Field)> terms) in _documents)
            {
                double tf = Weigh(terms.Where(t => t.Term == term));
                double norm = Settings.K1 * (1 - Settings.B + (Settings.B * Weigh(terms) / mean));
                scores[document] = scores.GetValueOrDefault(document) + (tf > 0 ? idf * tf * (Settings.K1 + 1) / (tf + norm) : 0);
            }
        }

        double best = scores.Values.DefaultIfEmpty().Max();
        return [.. scores.Where(s => s.Value > 0).Select(s => (s.Key, s.Value + (best * Boosts.GetValueOrDefault(s.Key))))
            .OrderByDescending(s => s.Item2).ThenBy(s => s.Key).Take(limit)];
    }
}
