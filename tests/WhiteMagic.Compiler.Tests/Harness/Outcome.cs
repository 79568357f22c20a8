using System;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>What a call gave: <c>trap</c>, or its result and memory afterwards.</summary>
internal sealed record Outcome(string Result, string Memory)
{
    internal static readonly Outcome Trap = new("trap", "");

    internal static Outcome Of(char type, long bits, ReadOnlySpan<byte> memory) => new(ResultOf(type, bits), Convert.ToHexStringLower(memory));

    // Which NaN it is, is not promised.
    private static string ResultOf(char type, long bits) => type switch
    {
        'f' when float.IsNaN(BitConverter.Int32BitsToSingle((int)bits)) => "nan",
        'd' when double.IsNaN(BitConverter.Int64BitsToDouble(bits)) => "nan",
        'l' or 'd' => ((ulong)bits).ToString("x16"),
        'v' => "void",
        _ => ((uint)bits).ToString("x8"),
    };
}
