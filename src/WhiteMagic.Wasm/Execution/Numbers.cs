using System;

namespace WhiteMagic.Wasm.Execution;

/// <summary>Numeric operations that .NET has not, or not in the specification's sense on every machine.</summary>
internal static class Numbers
{
    private const uint Quiet32 = 0x7FC0_0000;
    private const ulong Quiet64 = 0x7FF8_0000_0000_0000;

    // A sum with what is not a number is not a number, and quiet.
    internal static float Min(float a, float b) => a < b ? a : b < a ? b : a == b ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(a) | BitConverter.SingleToUInt32Bits(b)) : a + b;

    internal static float Max(float a, float b) => a > b ? a : b > a ? b : a == b ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(a) & BitConverter.SingleToUInt32Bits(b)) : a + b;

    internal static double Min(double a, double b) => a < b ? a : b < a ? b : a == b ? BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(a) | BitConverter.DoubleToUInt64Bits(b)) : a + b;

    internal static double Max(double a, double b) => a > b ? a : b > a ? b : a == b ? BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(a) & BitConverter.DoubleToUInt64Bits(b)) : a + b;

    internal static float ToSingle(ulong value) => (long)value >= 0 ? (long)value : 2 * (float)Halved(value);

    internal static double ToDouble(ulong value) => (long)value >= 0 ? (long)value : 2 * (double)Halved(value);

    internal static int SaturateInt32(double value) => double.IsNaN(value) ? 0 : value <= int.MinValue ? int.MinValue : value >= int.MaxValue ? int.MaxValue : (int)value;

    internal static uint SaturateUInt32(double value) => !(value > 0) ? 0 : value >= uint.MaxValue ? uint.MaxValue : (uint)value;

    internal static long SaturateInt64(double value) => double.IsNaN(value) ? 0 : value <= long.MinValue ? long.MinValue : value >= long.MaxValue ? long.MaxValue : (long)value;

    internal static ulong SaturateUInt64(double value) => !(value > 0) ? 0 : value >= ulong.MaxValue ? ulong.MaxValue : (ulong)value;

    /// <summary>The bits of a number of 32 bits; what is not a number in its canonical form.</summary>
    internal static ulong Canonical32(ulong bits) => float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)) ? Quiet32 : bits;

    /// <summary>The bits of a number of 64 bits; what is not a number in its canonical form.</summary>
    internal static ulong Canonical64(ulong bits) => double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) ? Quiet64 : bits;

    // Half of it; the bit that is lost makes the last one, so that it is rounded once.
    private static long Halved(ulong value) => (long)((value >> 1) | (value & 1));
}
