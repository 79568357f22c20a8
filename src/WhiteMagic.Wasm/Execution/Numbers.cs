using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Wasm.Execution;

/// <summary>Numeric operations that .NET has not, or not in the specification's sense on every machine.</summary>
internal static class Numbers
{
    private const uint Quiet32 = 0x7FC0_0000;
    private const ulong Quiet64 = 0x7FF8_0000_0000_0000;

    // Beyond these a number has no fraction.
    private const double Whole64 = 4_503_599_627_370_496;
    private const double TwoTo63 = 9_223_372_036_854_775_808;

    // A sum with what is not a number is not a number, and quiet.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Min(float a, float b) => a < b ? a : b < a ? b : a == b ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(a) | BitConverter.SingleToUInt32Bits(b)) : a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Max(float a, float b) => a > b ? a : b > a ? b : a == b ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(a) & BitConverter.SingleToUInt32Bits(b)) : a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Min(double a, double b) => a < b ? a : b < a ? b : a == b ? BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(a) | BitConverter.DoubleToUInt64Bits(b)) : a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Max(double a, double b) => a > b ? a : b > a ? b : a == b ? BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(a) & BitConverter.DoubleToUInt64Bits(b)) : a + b;

    // The four roundings go through doubles for floats too: every float is one, and so is the result. Zero keeps its sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Truncate(double value) => Math.Abs(value) < Whole64 ? Math.CopySign(ToInt64(value), value) : Quieted(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Floor(double value)
    {
        double whole = Truncate(value);
        return whole > value ? whole - 1 : whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Ceiling(double value)
    {
        double whole = Truncate(value);
        return whole < value ? Math.CopySign(whole + 1, value) : whole;
    }

    /// <summary>To the nearest integer, of two to the even one: adding what has no room for a fraction does that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Round(double value) => Math.Abs(value) < Whole64 ? Math.CopySign(Math.Abs(value) + Whole64 - Whole64, value) : Quieted(value);

    // What is not a number becomes quiet.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Quieted(double value) => double.IsNaN(value) ? value + value : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PopCount(uint bits)
    {
        bits -= (bits >> 1) & 0x5555_5555;
        bits = (bits & 0x3333_3333) + ((bits >> 2) & 0x3333_3333);
        return (int)((((bits + (bits >> 4)) & 0x0F0F_0F0F) * 0x0101_0101) >> 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PopCount(ulong bits) => PopCount((uint)bits) + PopCount((uint)(bits >> 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float ToSingle(ulong value) => (long)value >= 0 ? (long)value : 2 * (float)Halved(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToDouble(ulong value) => (long)value >= 0 ? (long)value : 2 * (double)Halved(value);

    // These four are asked only for what has an integer of the type.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ToInt32(double value) => double.ConvertToIntegerNative<int>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint ToUInt32(double value) => (uint)double.ConvertToIntegerNative<long>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long ToInt64(double value) => double.ConvertToIntegerNative<long>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ToUInt64(double value) => value < TwoTo63 ? (ulong)ToInt64(value) : (ulong)ToInt64(value - TwoTo63) + (1ul << 63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int SaturateInt32(double value) => double.IsNaN(value) ? 0 : value <= int.MinValue ? int.MinValue : value >= int.MaxValue ? int.MaxValue : ToInt32(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint SaturateUInt32(double value) => !(value > 0) ? 0 : value >= uint.MaxValue ? uint.MaxValue : ToUInt32(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long SaturateInt64(double value) => double.IsNaN(value) ? 0 : value <= -TwoTo63 ? long.MinValue : value >= TwoTo63 ? long.MaxValue : ToInt64(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong SaturateUInt64(double value) => !(value > 0) ? 0 : value >= 2 * TwoTo63 ? ulong.MaxValue : ToUInt64(value);

    /// <summary>The bits of a number of 32 bits; what is not a number in its canonical form.</summary>
    internal static ulong Canonical32(ulong bits) => float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)) ? Quiet32 : bits;

    /// <summary>The bits of a number of 64 bits; what is not a number in its canonical form.</summary>
    internal static ulong Canonical64(ulong bits) => double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) ? Quiet64 : bits;

    // Half of it; the bit that is lost makes the last one, so that it is rounded once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Halved(ulong value) => (long)((value >> 1) | (value & 1));
}
