using System;
using System.Diagnostics;

namespace WhiteMagic.Kernels.Peer;

/// <summary>The machine's monotone clock, the same for all processes.</summary>
public static class Clock
{
    private const long NsPerSecond = 1_000_000_000;

    public static long NowNs => (long)((Int128)Stopwatch.GetTimestamp() * NsPerSecond / Stopwatch.Frequency);

    public static long NowMs => NowNs / 1_000_000;
}
