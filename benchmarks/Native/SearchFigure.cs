using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>
/// The oracle of full-text search: BM25 by its formula, over dictionaries. The kernel's answers must be those; they are written to a file for the modules: for each
/// question a count, and for each hit a document and a score (4, 4 and 8 bytes).
/// </summary>
internal static class SearchFigure
{
    private const int Limit = 10;
    private const double Tolerance = 1e-9;

    public static void Run(Report report, string documentsFile, string questionsFile, string answersFile)
    {
        byte[][] documents = ReadLines(documentsFile), questions = ReadLines(questionsFile);
        SearchIndex index = default;
        long began = Stopwatch.GetTimestamp();
        foreach (byte[] text in documents)
        {
            report.Check(index.Begin() >= 0 && index.AddText(0, text) == 0, "a document was not added");
        }

        report.Check(index.Commit(), "the index was not committed");
        report.Add("native_build_ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);

        var oracle = new Oracle(documents);
        using var answers = new BinaryWriter(File.Create(answersFile));
        var hits = new SearchHit[Limit];
        double spent = 0;
        for (int i = 0; i < questions.Length; i++)
        {
            began = Stopwatch.GetTimestamp();
            int count = index.Query(questions[i], hits);
            spent += Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            oracle.Check(report, i, questions[i], hits.AsSpan(0, Math.Max(0, count)));
            answers.Write(count);
            foreach (SearchHit hit in hits.AsSpan(0, Math.Max(0, count)))
            {
                answers.Write(hit.Document);
                answers.Write(hit.Score);
            }
        }

        report.Add("native_query_us", spent / questions.Length);
        index.Free();
    }

    private static byte[][] ReadLines(string file) => Array.ConvertAll(File.ReadAllText(file).Split('\n'), Encoding.UTF8.GetBytes);

    /// <summary>Postings as dictionaries, and the formula.</summary>
    private sealed class Oracle
    {
        private readonly Dictionary<ulong, Dictionary<int, int>> _postings = [];
        private readonly int[] _lengths;
        private readonly double _meanLength;

        public Oracle(byte[][] documents)
        {
            _lengths = new int[documents.Length];
            long all = 0;
            for (int i = 0; i < documents.Length; i++)
            {
                foreach (ulong term in Terms(documents[i]))
                {
                    if (!_postings.TryGetValue(term, out Dictionary<int, int>? counts))
                    {
                        _postings.Add(term, counts = []);
                    }

                    counts[i] = counts.GetValueOrDefault(i) + 1;
                    _lengths[i]++;
                    all++;
                }
            }

            _meanLength = (double)all / documents.Length;
        }

        public void Check(Report report, int question, byte[] text, ReadOnlySpan<SearchHit> hits)
        {
            SearchSettings settings = SearchSettings.Default;
            var scores = new Dictionary<int, double>();
            foreach (ulong term in new HashSet<ulong>(Terms(text)))
            {
                if (!_postings.TryGetValue(term, out Dictionary<int, int>? counts))
                {
                    continue;
                }

                double idf = Math.Log(1 + ((_lengths.Length - counts.Count + 0.5) / (counts.Count + 0.5)));
                foreach ((int document, int tf) in counts)
                {
                    double norm = settings.K1 * (1 - settings.B + (settings.B * _lengths[document] / _meanLength));
                    scores[document] = scores.GetValueOrDefault(document) + (idf * tf * (settings.K1 + 1) / (tf + norm));
                }
            }

            var best = new List<double>(scores.Values);
            best.Sort((a, b) => b.CompareTo(a));
            bool isRight = hits.Length == Math.Min(Limit, best.Count);
            for (int i = 0; i < hits.Length && isRight; i++)
            {
                isRight = Math.Abs(hits[i].Score - best[i]) <= Tolerance * best[i] && Math.Abs(scores[hits[i].Document] - hits[i].Score) <= Tolerance * best[i];
            }

            report.Check(isRight, $"question {question}: the hits are not those of the formula");
        }

        private static List<ulong> Terms(ReadOnlySpan<byte> text)
        {
            var terms = new List<ulong>();
            var tokens = new Tokenizer(text);
            for (ulong term = tokens.Next(); term != 0; term = tokens.Next())
            {
                terms.Add(term);
            }

            return terms;
        }
    }
}
