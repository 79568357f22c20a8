using System;

namespace WhiteMagic.Compiler.Tests.Idioms;

internal static unsafe class FloatIdioms
{
    [WasmExport("double_arithmetic")]
    internal static double Arithmetic(double a, double b) => ((a + b) * (a - b)) / (b + 1);

    [WasmExport("float_arithmetic_stays_float")]
    internal static float ArithmeticFloat(float a, float b) => ((a + b) * (a - b)) / (b + 1);

    [WasmExport("float_to_double_mix")]
    internal static double Mix(float a, double b) => (a * b) + (float)b;

    [WasmExport("double_remainder")]
    internal static double Remainder(double a, double b) => a % b;

    [WasmExport("float_remainder")]
    internal static float RemainderFloat(float a, float b) => a % b;

    [WasmExport("double_branches_with_nan")]
    internal static int Branches(double a, double b)
    {
        int bits = 0;
        if (a < b)
        {
            bits |= 1;
        }

        if (!(a < b))
        {
            bits |= 2;
        }

        if (a <= b)
        {
            bits |= 4;
        }

        if (!(a >= b))
        {
            bits |= 8;
        }

        if (a == b)
        {
            bits |= 16;
        }

        return a != b ? bits | 32 : bits;
    }

    [WasmExport("float_compare_values")]
    internal static int CompareValues(float a, float b)
    {
        bool less = a < b;
        bool notLess = !(a < b);
        bool greater = a > b;
        bool atMost = a <= b;
        return (less ? 1 : 0) + (notLess ? 2 : 0) + (greater ? 4 : 0) + (atMost ? 8 : 0);
    }

    [WasmExport("double_to_int_saturates")]
    internal static int ToInt(double a) => (int)a;

    [WasmExport("double_to_uint_saturates")]
    internal static uint ToUint(double a) => (uint)a;

    [WasmExport("double_to_long_saturates")]
    internal static long ToLong(double a) => (long)a;

    [WasmExport("double_to_ulong_saturates")]
    internal static ulong ToUlong(double a) => (ulong)a;

    [WasmExport("float_to_integers")]
    internal static long FloatToIntegers(float a) => (int)a ^ (long)a ^ (uint)a ^ (long)(ulong)a;

    [WasmExport("double_to_small")]
    internal static int ToSmall(double a) => (sbyte)a ^ ((byte)a << 8) ^ (short)a ^ ((ushort)a << 16);

    [WasmExport("checked_double_to_int")]
    internal static int CheckedToInt(double a) => checked((int)a);

    [WasmExport("checked_double_to_ulong")]
    internal static ulong CheckedToUlong(double a) => checked((ulong)a);

    [WasmExport("checked_double_to_long")]
    internal static long CheckedToLong(double a) => checked((long)a);

    [WasmExport("checked_float_to_byte")]
    internal static int CheckedToByte(float a) => checked((byte)a);

    [WasmExport("integers_to_double")]
    internal static double ToDouble(int a, long b) => a + (double)b + (uint)a;

    [WasmExport("ulong_to_double")]
    internal static double UlongToDouble(ulong a) => a;

    [WasmExport("ulong_to_float")]
    internal static float UlongToFloat(ulong a) => a;

    [WasmExport("long_to_float")]
    internal static float LongToFloat(long a) => a;

    [WasmExport("uint_to_float")]
    internal static float UintToFloat(uint a) => a;

    [WasmExport("double_to_float_rounds")]
    internal static float ToFloat(double a) => (float)a;

    [WasmExport("math_min_max")]
    internal static double MinMax(double a, double b) => Math.Min(a, b) - (Math.Max(a, b) / 3);

    [WasmExport("math_min_sign_of_zero")]
    internal static long MinBits(double a, double b) => BitConverter.DoubleToInt64Bits(Math.Min(a, b)) >> 63;

    [WasmExport("mathf_max_min")]
    internal static float MaxMinFloat(float a, float b) => MathF.Max(a, b) + MathF.Min(b, a);

    [WasmExport("math_rounding")]
    internal static double Rounding(double a) => Math.Floor(a) + (2 * Math.Ceiling(a)) + (3 * Math.Truncate(a)) + (5 * Math.Round(a));

    [WasmExport("mathf_rounding")]
    internal static float RoundingFloat(float a) => MathF.Floor(a) + (2 * MathF.Ceiling(a)) + (3 * MathF.Truncate(a)) + (5 * MathF.Round(a));

    [WasmExport("math_sqrt_abs_copysign")]
    internal static double Roots(double a, double b) => Math.Sqrt(Math.Abs(a)) + Math.CopySign(a, b);

    [WasmExport("mathf_sqrt_abs_copysign")]
    internal static float RootsFloat(float a, float b) => MathF.Sqrt(MathF.Abs(a)) + MathF.CopySign(a, b);

    [WasmExport("double_predicates")]
    internal static int Predicates(double a) =>
        (double.IsNaN(a) ? 1 : 0) | (double.IsInfinity(a) ? 2 : 0) | (double.IsFinite(a) ? 4 : 0) | (double.IsNegative(a) ? 8 : 0) | (double.IsSubnormal(a) ? 16 : 0);

    [WasmExport("bits_of_double")]
    internal static long Bits(double a) => double.IsNaN(a) ? 0 : BitConverter.DoubleToInt64Bits(a) ^ (long)BitConverter.DoubleToUInt64Bits(-a);

    [WasmExport("bits_of_float")]
    internal static int BitsFloat(float a) => float.IsNaN(a) ? 0 : BitConverter.SingleToInt32Bits(a) ^ (int)BitConverter.SingleToUInt32Bits(-a);

    [WasmExport("double_from_bits")]
    internal static double FromBits(long a, int b) => BitConverter.Int64BitsToDouble(a) + BitConverter.Int32BitsToSingle(b);

    [WasmExport("float_constants")]
    internal static double Constants(int i) => i switch
    {
        0 => double.Epsilon,
        1 => double.MaxValue,
        2 => double.PositiveInfinity,
        3 => -0.0,
        4 => float.Epsilon,
        5 => float.MaxValue,
        6 => 0.1f,
        7 => Math.PI,
        8 => 1e-310,
        _ => double.NaN,
    };

    [WasmExport("half_conversion")]
    internal static float HalfToFloat(int a) => (float)BitConverter.UInt16BitsToHalf((ushort)a);

    [WasmExport("double_clamp_and_sign")]
    internal static double Clamp(double a) => Math.Clamp(a, -2.5, 7.25);

    [WasmExport("bit_increment_and_scale")]
    internal static double BitIncrement(double a, int n) => Math.BitIncrement(a) + Math.ScaleB(a, Math.Clamp(n, -2000, 2000));
}
