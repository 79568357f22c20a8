using System;
using System.Diagnostics;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>Times of engines that take turns, so that what else the machine does meets all of them.</summary>
internal static class Rounds
{
    /// <summary>Median nanoseconds of one repetition of each engine, over <paramref name="rounds"/> rounds of <paramref name="repetitions"/>; the first round only warms up.</summary>
    public static double[] MedianNs(int rounds, int repetitions, params ReadOnlySpan<Action> engines)
    {
        double[][] times = new double[engines.Length][];
        for (int i = 0; i < engines.Length; i++)
        {
            times[i] = new double[rounds];
        }

        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < engines.Length; i++)
            {
                // Who comes second finds the caches cold: take turns in that too.
                int engine = (i + round + 1) % engines.Length;
                long began = Stopwatch.GetTimestamp();
                engines[engine]();
                if (round >= 0)
                {
                    times[engine][round] = Stopwatch.GetElapsedTime(began).TotalNanoseconds / repetitions;
                }
            }
        }

        double[] medians = new double[engines.Length];
        for (int i = 0; i < engines.Length; i++)
        {
            Array.Sort(times[i]);
            medians[i] = times[i][rounds / 2];
        }

        return medians;
    }

    /// <summary>The nearest-rank percentile of sorted values.</summary>
    public static double Percentile(double[] sorted, double percent) => sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Length) - 1)];
}
