using System;

namespace WhiteMagic.Kernels.RateLimiter;

/// <summary>
/// Parts of time, first and last included. Settled means that they are a window's, that the clock has reached the last of them, and that sums
/// of those before it may therefore be kept.
/// </summary>
internal readonly struct RateSpan(long first, long last, bool isSettled)
{
    public readonly long First = first;
    public readonly long Last = last;
    public readonly bool IsSettled = isSettled;

    /// <summary>The first part that a ring can hold a count of: a clock that is years ahead makes no long way.</summary>
    public long FirstKept => Math.Max(First, Last - RateBucket.CellCount + 1);
}
