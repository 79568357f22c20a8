using System.Collections.Generic;
using System.Linq;

namespace WhiteMagic.Kernels.Tests.RateLimiter;

/// <summary>The naive twin: a log of all that was admitted.</summary>
internal static class WindowCheck
{
    /// <summary>How many requests the fullest half-open window of that length holds.</summary>
    public static int Fullest(IEnumerable<long> times, int windowMs)
    {
        long[] sorted = [.. times.Order()];
        int most = 0;
        for (int first = 0, end = 0; first < sorted.Length; first++)
        {
            while (end < sorted.Length && sorted[end] < sorted[first] + windowMs)
            {
                end++;
            }

            most = System.Math.Max(most, end - first);
        }

        return most;
    }
}
