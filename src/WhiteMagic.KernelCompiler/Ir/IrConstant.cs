using System;

namespace WhiteMagic.KernelCompiler.Ir;

/// <summary>A number known when the module is built.</summary>
internal sealed class IrConstant : IrOperand
{
    private IrConstant(IrType type, long bits)
        : base(type) => Bits = bits;

    /// <summary>The value of an integer or address, the bits of a floating-point number.</summary>
    internal long Bits { get; }

    internal static IrConstant I32(int value) => new(IrType.I32, value);

    internal static IrConstant I64(long value) => new(IrType.I64, value);

    internal static IrConstant F32(float value) => new(IrType.F32, BitConverter.SingleToInt32Bits(value));

    internal static IrConstant F64(double value) => new(IrType.F64, BitConverter.DoubleToInt64Bits(value));

    internal static IrConstant Native(long value) => new(IrType.Native, value);

    internal static IrConstant Null { get; } = new(IrType.Pointer, 0);
}
