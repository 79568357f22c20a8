using System;
using System.Diagnostics;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>Times of engines that take turns, so that what else the machine does meets all of them.</summary>
internal static class Rounds
{
    private const int WarmUps = 3;

    /// <summary>
    /// Median nanoseconds of one repetition of each engine, over <paramref name="rounds"/> rounds of <paramref name="repetitions"/>; an engine is told the round,
    /// from 0, and the first ones only warm up. Short rounds are seldom interrupted.
    /// </summary>
    public static double[] MedianNs(int rounds, int repetitions, params ReadOnlySpan<Action<int>> engines)
    {
        double[][] times = new double[engines.Length][];
        for (int i = 0; i < engines.Length; i++)
        {
            times[i] = new double[rounds];
        }

        for (int round = -WarmUps; round < rounds; round++)
        {
            for (int i = 0; i < engines.Length; i++)
            {
                // Who comes second finds the caches cold: take turns in that too.
                int engine = (i + round + WarmUps) % engines.Length;
                long began = Stopwatch.GetTimestamp();
                engines[engine](round + WarmUps);
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
