using System;
using System.Buffers.Binary;
using System.Numerics;

namespace WhiteMagic.Compiler.Tests.Idioms;

internal static unsafe class IntegerIdioms
{
    [WasmExport("int_add_sub_mul_wrap")]
    internal static int Wrap(int a, int b) => unchecked((a + b) * (a - b) * 31);

    [WasmExport("long_add_sub_mul_wrap")]
    internal static long WrapLong(long a, long b) => unchecked((a + b) * (a - b) * 31);

    [WasmExport("int_divide")]
    internal static int Divide(int a, int b) => a / b;

    [WasmExport("int_remainder")]
    internal static int Remainder(int a, int b) => a % b;

    [WasmExport("long_divide")]
    internal static long DivideLong(long a, long b) => a / b;

    [WasmExport("long_remainder")]
    internal static long RemainderLong(long a, long b) => a % b;

    [WasmExport("uint_divide_remainder")]
    internal static uint DivideUnsigned(uint a, uint b) => (a / b) ^ (a % b);

    [WasmExport("ulong_divide_remainder")]
    internal static ulong DivideUnsignedLong(ulong a, ulong b) => (a / b) ^ (a % b);

    [WasmExport("int_shifts_masked")]
    internal static int Shifts(int a, int count) => (a << count) ^ (a >> count) ^ (a >>> count);

    [WasmExport("long_shifts_masked")]
    internal static long ShiftsLong(long a, int count) => (a << count) ^ (a >> count) ^ (a >>> count);

    [WasmExport("small_shifts")]
    internal static int ShiftsSmall(int a, int count) => (byte)((byte)a << count) ^ ((sbyte)a >> count) ^ ((ushort)a >>> count);

    [WasmExport("bitwise")]
    internal static int Bitwise(int a, int b) => (a & b) | (~a ^ b);

    [WasmExport("negate")]
    internal static long Negate(int a, long b) => unchecked(-a + -b);

    [WasmExport("int_compare")]
    internal static int Compare(int a, int b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);

    [WasmExport("uint_compare")]
    internal static int CompareUnsigned(uint a, uint b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0);

    [WasmExport("ulong_compare_values")]
    internal static int CompareUnsignedLong(ulong a, ulong b)
    {
        bool less = a < b;
        bool greater = a > b;
        return (less ? 1 : 0) + (greater ? 2 : 0);
    }

    [WasmExport("checked_add")]
    internal static int CheckedAdd(int a, int b) => checked(a + b);

    [WasmExport("checked_subtract_unsigned")]
    internal static uint CheckedSubtract(uint a, uint b) => checked(a - b);

    [WasmExport("checked_multiply_long")]
    internal static long CheckedMultiply(long a, long b) => checked(a * b);

    [WasmExport("checked_multiply_ulong")]
    internal static ulong CheckedMultiplyUnsigned(ulong a, ulong b) => checked(a * b);

    [WasmExport("checked_narrow")]
    internal static int CheckedNarrow(int a) => checked((byte)a + (sbyte)a);

    [WasmExport("checked_narrow_16")]
    internal static int CheckedNarrow16(long a) => checked((short)a + (ushort)a);

    [WasmExport("checked_sign_change")]
    internal static uint CheckedSign(int a) => checked((uint)a);

    [WasmExport("checked_from_unsigned")]
    internal static int CheckedFromUnsigned(uint a, ulong b) => checked((int)a + (int)b);

    [WasmExport("checked_long_to_uint")]
    internal static uint CheckedLongToUint(long a) => checked((uint)a);

    [WasmExport("checked_ulong_to_long")]
    internal static long CheckedUlongToLong(ulong a) => checked((long)a);

    [WasmExport("narrow_and_extend")]
    internal static long Narrow(long a) => (sbyte)a ^ ((byte)a << 8) ^ (short)a ^ (ushort)a ^ (int)a ^ (uint)a;

    [WasmExport("char_and_bool")]
    internal static int CharAndBool(int a)
    {
        char c = (char)a;
        bool isUpper = c is >= 'A' and <= 'Z';
        return isUpper ? c | 0x20 : c;
    }

    [WasmExport("population_and_zero_counts")]
    internal static int Counts(uint a, ulong b) => BitOperations.PopCount(a) + (64 * BitOperations.PopCount(b)) + (4096 * BitOperations.LeadingZeroCount(a))
        + (8192 * BitOperations.LeadingZeroCount(b)) + BitOperations.TrailingZeroCount(a) + BitOperations.TrailingZeroCount(b);

    [WasmExport("rotate_and_log2")]
    internal static ulong Rotate(ulong a, uint b, int count) =>
        BitOperations.RotateLeft(a, count) ^ BitOperations.RotateRight(b, count) ^ (uint)BitOperations.Log2(b) ^ (uint)BitOperations.Log2(a);

    [WasmExport("round_up_to_power_of_two")]
    internal static uint PowerOfTwo(uint a) => BitOperations.RoundUpToPowerOf2(a) ^ (BitOperations.IsPow2(a) ? 1u : 0);

    [WasmExport("reverse_endianness")]
    internal static ulong Reverse(uint a, ulong b) => BinaryPrimitives.ReverseEndianness(a) ^ BinaryPrimitives.ReverseEndianness(b) ^ BinaryPrimitives.ReverseEndianness((ushort)a);

    [WasmExport("math_of_integers")]
    internal static long MathOfIntegers(int a, int b, long c) => Math.Min(a, b) + (3L * Math.Max(a, b)) + Math.Clamp(a, -5, 9) + Math.Sign(c) + Math.Max(c, a);

    [WasmExport("math_abs_of_int")]
    internal static int Abs(int a) => Math.Abs(a);

    [WasmExport("math_divrem")]
    internal static int DivRem(int a, int b)
    {
        (int quotient, int remainder) = Math.DivRem(a, b);
        return unchecked((quotient * 31) + remainder);
    }

    [WasmExport("big_mul")]
    internal static ulong BigMul(ulong a, ulong b) => Math.BigMul(a, b, out ulong low) ^ low;

    [WasmExport("uint128_product")]
    internal static ulong Wide(ulong a, ulong b)
    {
        UInt128 product = (UInt128)a * b;
        return (ulong)(product >> 64) ^ (ulong)product;
    }

    [WasmExport("compound_assignment")]
    internal static int Compound(int a, int b)
    {
        byte small = (byte)a;
        small += (byte)b;
        small <<= 1;
        short medium = (short)a;
        medium -= (short)b;
        medium++;
        return small ^ medium;
    }

    [WasmExport("native_integers")]
    internal static long Native(int a, int b)
    {
        // Only what does not depend on the width of a pointer.
        nint x = a;
        nuint y = (nuint)(uint)(b & 0xFFFF);
        return (int)((x >> 3) + (nint)y) + (x < (nint)y ? 1L : 0);
    }
}
