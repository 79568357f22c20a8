using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.SpatialIndex5D;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>Nearest neighbours: ours against C in turns, and the slow end of ours, question by question.</summary>
internal static unsafe class NearestFigure
{
    private const int K = 10;
    private const int Rounds = 300;
    private const int QuestionsOfARound = 100;
    private const int AskedNaively = 20;
    private const int Passes = 3;

    public static void Run(Report report, string pointsFile, string questionsFile)
    {
        Point5[] points = MemoryMarshal.Cast<byte, Point5>(File.ReadAllBytes(pointsFile)).ToArray();
        Point5[] questions = MemoryMarshal.Cast<byte, Point5>(File.ReadAllBytes(questionsFile)).ToArray();
        int[] numbers = new int[points.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        SpatialIndex index = default;
        long began = Stopwatch.GetTimestamp();
        report.Check(index.TryBuild(numbers, points) == 0, "the index was not built");
        report.Add("build_ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);

        GCHandle pinned = GCHandle.Alloc(points, GCHandleType.Pinned);
        Peers.BuildNearest((float*)pinned.AddrOfPinnedObject(), points.Length);
        CheckAnswers(report, index, points, questions);

        double[] medians = Native.Rounds.MedianNs(Rounds, QuestionsOfARound, round => AskAll(index, Some(questions, round)), round => AskPeer(Some(questions, round)));
        report.Add("native_ns", medians[0]);
        report.Add("c_ns", medians[1]);
        report.Add("native_of_c", medians[0] / medians[1]);
        AddSlowEnd(report, index, questions);
        pinned.Free();
        index.Free();
    }

    private static void CheckAnswers(Report report, in SpatialIndex index, Point5[] points, Point5[] questions)
    {
        Span<int> ids = stackalloc int[K], naiveIds = stackalloc int[K];
        Span<float> distances = stackalloc float[K], naiveDistances = stackalloc float[K];
        for (int i = 0; i < questions.Length; i++)
        {
            int found = index.Nearest(questions[i], ids, distances);
            int foundByPeer = AskPeer(questions[i]);
            bool isSame = found == K && foundByPeer == K
                && ids.SequenceEqual(new ReadOnlySpan<int>(Peers.NearestIds(), K)) && distances.SequenceEqual(new ReadOnlySpan<float>(Peers.NearestDistances(), K));
            report.Check(isSame, $"question {i}: the index and C differ");
            if (i < AskedNaively)
            {
                AskNaively(points, questions[i], naiveIds, naiveDistances);
                report.Check(ids.SequenceEqual(naiveIds) && distances.SequenceEqual(naiveDistances), $"question {i}: the index and a look at all points differ");
            }
        }
    }

    // Every question three times, and the best counts: an interruption by the machine is no property of the index.
    private static void AddSlowEnd(Report report, in SpatialIndex index, Point5[] questions)
    {
        double[] best = new double[questions.Length];
        Array.Fill(best, double.MaxValue);
        Span<int> ids = stackalloc int[K];
        Span<float> distances = stackalloc float[K];
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 0; i < questions.Length; i++)
            {
                long began = Stopwatch.GetTimestamp();
                index.Nearest(questions[i], ids, distances);
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
        }

        Array.Sort(best);
        report.Add("p50_us", Native.Rounds.Percentile(best, 50));
        report.Add("p99_us", Native.Rounds.Percentile(best, 99));
    }

    // Another part of the questions each round, the same for all engines.
    private static ReadOnlySpan<Point5> Some(Point5[] questions, int round) =>
        questions.AsSpan(round % (questions.Length / QuestionsOfARound) * QuestionsOfARound, QuestionsOfARound);

    private static void AskAll(in SpatialIndex index, ReadOnlySpan<Point5> questions)
    {
        Span<int> ids = stackalloc int[K];
        Span<float> distances = stackalloc float[K];
        foreach (Point5 question in questions)
        {
            index.Nearest(question, ids, distances);
        }
    }

    private static void AskPeer(ReadOnlySpan<Point5> questions)
    {
        foreach (Point5 question in questions)
        {
            AskPeer(question);
        }
    }

    private static int AskPeer(in Point5 q) => Peers.QueryNearest(q.X, q.Y, q.Z, q.W, q.V, K);

    private static void AskNaively(Point5[] points, in Point5 question, Span<int> ids, Span<float> distances)
    {
        int found = 0;
        for (int i = 0; i < points.Length; i++)
        {
            float distance = Point5.SquaredDistance(question, points[i]);
            if (found == K && distance >= distances[K - 1])
            {
                continue;
            }

            int place = found < K ? found++ : K - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
            {
                distances[place] = distances[place - 1];
                ids[place] = ids[place - 1];
            }

            distances[place] = distance;
            ids[place] = i;
        }
    }
}
