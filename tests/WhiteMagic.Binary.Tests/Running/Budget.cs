using System;

namespace WhiteMagic.Binary.Tests.Running;

/// <summary>How much the tests do: a few minutes in all, or the full counts with WM_FULL=1.</summary>
internal static class Budget
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("WM_FULL") == "1";

    public static int Of(int reduced, int full) => IsFull ? full : reduced;

    public static TimeSpan Time(int reducedSeconds, int fullSeconds) => TimeSpan.FromSeconds(Of(reducedSeconds, fullSeconds));
}
