using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using WhiteMagic.Kernels.MinHash;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>
/// Near-duplicates among many memories, signatures included. A line of the file is the number of the memory that it nearly repeats, or -1, a tab, and the text.
/// </summary>
internal static class DuplicatesFigure
{
    private const double Threshold = 0.7;
    private const int MostPairs = 10_000;

    public static void Run(Report report, string file)
    {
        string[] lines = File.ReadAllText(file).Split('\n');
        byte[][] texts = new byte[lines.Length][];
        var expected = new HashSet<(int, int)>();
        for (int i = 0; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split('\t');
            texts[i] = Encoding.UTF8.GetBytes(fields[1]);
            if (int.Parse(fields[0], CultureInfo.InvariantCulture) is >= 0 and int original)
            {
                expected.Add((original, i));
            }
        }

        var pairs = new SimilarPair[MostPairs];
        var signatures = new Signature[texts.Length];
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < texts.Length; i++)
        {
            Signature.OfText(texts[i], out signatures[i]);
        }

        double signed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        int count = DuplicateSearch.Find<Signature>(signatures, Threshold, pairs);
        report.Add("seconds", Stopwatch.GetElapsedTime(began).TotalSeconds);
        report.Add("signing_seconds", signed);
        report.Add("pairs", count);
        report.Add("expected_pairs", expected.Count);
        var found = new HashSet<(int, int)>();
        foreach (SimilarPair pair in pairs.AsSpan(0, Math.Max(0, count)))
        {
            found.Add((Math.Min(pair.First, pair.Second), Math.Max(pair.First, pair.Second)));
        }

        CheckPairs(report, found, expected, signatures);
    }

    // A pair is expected when its estimate, by the whole signatures, reaches the threshold; none may be missing and none too many.
    private static void CheckPairs(Report report, HashSet<(int, int)> found, HashSet<(int, int)> expected, Signature[] signatures)
    {
        foreach ((int a, int b) in expected)
        {
            bool isNear = Signature.Similarity(signatures[a], signatures[b]) >= Threshold;
            report.Check(!isNear || found.Contains((a, b)), $"memories {a} and {b} were not found");
        }

        foreach ((int a, int b) in found)
        {
            report.Check(Signature.Similarity(signatures[a], signatures[b]) >= Threshold, $"memories {a} and {b} are not similar");
        }
    }
}
