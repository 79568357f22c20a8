using System;

namespace WhiteMagic.Kernels.Tests.Support;

/// <summary>How often the random tests repeat: WM_FULL=1 asks for the long run.</summary>
internal static class Runs
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("WM_FULL") == "1";

    public static int Of(int usual, int full) => Full ? full : usual;
}
