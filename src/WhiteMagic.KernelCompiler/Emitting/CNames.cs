using System;
using System.Globalization;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Emitting;

/// <summary>How types and numbers are written in C.</summary>
internal static class CNames
{
    private const int ExponentBias32 = 127;
    private const int MantissaBits32 = 23;
    private const int ExponentBias64 = 1023;
    private const int MantissaBits64 = 52;

    internal static string Type(IrType type) => type.Kind switch
    {
        IrKind.Void => "void",
        IrKind.Pointer => "ptr",
        IrKind.Struct => type.Struct!.Name,
        IrKind.Vector => $"{Kind(type.Lane)}x{IrType.VectorBytes / IrType.BytesOf(type.Lane)}",
        _ => Kind(type.Kind),
    };

    internal static string Kind(IrKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The unsigned type as wide as a type of the stack.</summary>
    internal static string Unsigned(IrType type) => type.Kind switch
    {
        IrKind.I64 or IrKind.U64 => "u64",
        IrKind.Native or IrKind.UNative or IrKind.Pointer => "unative",
        _ => "u32",
    };

    internal static string Constant(IrConstant constant) => constant.Type.Kind switch
    {
        IrKind.F32 => Float(constant.Bits & 0x7FFFFFFF, constant.Bits < 0, MantissaBits32, ExponentBias32) is { } text
            ? text + "f" : $"wm_bits_f32(0x{(uint)constant.Bits:x}u)",
        IrKind.F64 => Float(constant.Bits & long.MaxValue, constant.Bits < 0, MantissaBits64, ExponentBias64)
            ?? $"wm_bits_f64(0x{constant.Bits:x}ull)",
        IrKind.I64 => constant.Bits == long.MinValue ? "WM_MIN_I64" : string.Create(CultureInfo.InvariantCulture, $"{constant.Bits}ll"),
        IrKind.Pointer => "((ptr)0)",
        IrKind.Native => string.Create(CultureInfo.InvariantCulture, $"((native){constant.Bits})"),
        _ => constant.Bits == int.MinValue ? "WM_MIN_I32" : constant.Bits.ToString(CultureInfo.InvariantCulture),
    };

    // C's hexadecimal form is exact; infinity and NaN have none.
    private static string? Float(long magnitude, bool isNegative, int mantissaBits, int bias)
    {
        long exponent = magnitude >> mantissaBits;
        long mantissa = magnitude & ((1L << mantissaBits) - 1);
        if (exponent == (2L * bias) + 1)
        {
            return null;
        }

        string digits = (mantissa << (mantissaBits % 4 == 0 ? 0 : 4 - (mantissaBits % 4))).ToString("x", CultureInfo.InvariantCulture)
            .PadLeft((mantissaBits + 3) / 4, '0');
        long power = magnitude == 0 ? 0 : Math.Max(exponent, 1) - bias;
        return string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}0x{(exponent == 0 ? 0 : 1)}.{digits}p{power}");
    }
}
