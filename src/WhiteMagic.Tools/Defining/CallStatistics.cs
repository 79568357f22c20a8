using System;

namespace WhiteMagic.Tools.Defining;

/// <summary>What one process has measured of its own calls since it started.</summary>
public sealed class CallStatistics
{
    public long Calls { get; private set; }

    public long Failures { get; private set; }

    /// <summary>Calls whose ledger entry could not be written because the galaxy could not be opened.</summary>
    public long Unrecorded { get; private set; }

    public double TotalMs { get; private set; }

    public double SlowestMs { get; private set; }

    internal void Add(TimeSpan time, bool failed)
    {
        Calls++;
        Failures += failed ? 1 : 0;
        TotalMs += time.TotalMilliseconds;
        SlowestMs = Math.Max(SlowestMs, time.TotalMilliseconds);
    }

    internal void CountUnrecorded() => Unrecorded++;
}
