using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>The conv instructions.</summary>
internal static class ConversionLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, ILOpCode code)
    {
        if (Of(code) is not { } conversion)
        {
            return false;
        }

        Convert(frame, conversion.Target, conversion.Mode);
        return true;
    }

    /// <summary>Replaces the value on top of the stack.</summary>
    internal static void Convert(MethodFrame frame, IrKind target, IrConversion mode)
    {
        StackValue value = frame.Pop();
        IrType type = IrType.Of(target).OnStack;
        if (value.Type == IrType.Pointer && target is IrKind.Native or IrKind.UNative)
        {
            frame.Push(value.Operand);
            return;
        }

        if (value.Constant is long known && Fold(target, known, value.Type.Bytes) is { } folded && mode == IrConversion.Plain)
        {
            frame.Push(folded);
            return;
        }

        IrLocal result = frame.Temporary(type);
        frame.Emit(SinglePrecisionOfUnsigned(frame, target, result, value.Operand)
            ?? new IrInstruction.Convert(result, target, mode, value.Operand));
        frame.Push(result);
    }

    // IL has no conversion from unsigned to float: it is conv.r.un and conv.r4, which .NET takes together and rounds once.
    private static IrInstruction.Convert? SinglePrecisionOfUnsigned(MethodFrame frame, IrKind target, IrLocal result, IrOperand value) =>
        target == IrKind.F32
        && frame.Block.Instructions is [.., IrInstruction.Convert { Target: IrKind.F64, Mode: IrConversion.Unsigned } first]
        && ReferenceEquals(first.Result, value)
            ? new IrInstruction.Convert(result, target, IrConversion.Unsigned, first.Value)
            : null;

    private static IrConstant? Fold(IrKind target, long value, int bytes) => target switch
    {
        IrKind.I8 => IrConstant.I32((sbyte)value),
        IrKind.U8 => IrConstant.I32((byte)value),
        IrKind.I16 => IrConstant.I32((short)value),
        IrKind.U16 => IrConstant.I32((ushort)value),
        IrKind.I32 or IrKind.U32 => IrConstant.I32((int)value),
        IrKind.I64 => IrConstant.I64(value),
        IrKind.U64 => IrConstant.I64(bytes == sizeof(long) ? value : (uint)value),
        // Natively a pointer may be wider: what is negative would be extended.
        IrKind.Native or IrKind.UNative when value is >= 0 and <= int.MaxValue => IrConstant.Native(value),
        _ => null,
    };

    private static (IrKind Target, IrConversion Mode)? Of(ILOpCode code) => code switch
    {
        ILOpCode.Conv_i1 => (IrKind.I8, IrConversion.Plain),
        ILOpCode.Conv_u1 => (IrKind.U8, IrConversion.Plain),
        ILOpCode.Conv_i2 => (IrKind.I16, IrConversion.Plain),
        ILOpCode.Conv_u2 => (IrKind.U16, IrConversion.Plain),
        ILOpCode.Conv_i4 => (IrKind.I32, IrConversion.Plain),
        ILOpCode.Conv_u4 => (IrKind.U32, IrConversion.Plain),
        ILOpCode.Conv_i8 => (IrKind.I64, IrConversion.Plain),
        ILOpCode.Conv_u8 => (IrKind.U64, IrConversion.Plain),
        ILOpCode.Conv_i => (IrKind.Native, IrConversion.Plain),
        ILOpCode.Conv_u => (IrKind.UNative, IrConversion.Plain),
        ILOpCode.Conv_r4 => (IrKind.F32, IrConversion.Plain),
        ILOpCode.Conv_r8 => (IrKind.F64, IrConversion.Plain),
        ILOpCode.Conv_r_un => (IrKind.F64, IrConversion.Unsigned),
        ILOpCode.Conv_ovf_i1 => (IrKind.I8, IrConversion.Checked),
        ILOpCode.Conv_ovf_u1 => (IrKind.U8, IrConversion.Checked),
        ILOpCode.Conv_ovf_i2 => (IrKind.I16, IrConversion.Checked),
        ILOpCode.Conv_ovf_u2 => (IrKind.U16, IrConversion.Checked),
        ILOpCode.Conv_ovf_i4 => (IrKind.I32, IrConversion.Checked),
        ILOpCode.Conv_ovf_u4 => (IrKind.U32, IrConversion.Checked),
        ILOpCode.Conv_ovf_i8 => (IrKind.I64, IrConversion.Checked),
        ILOpCode.Conv_ovf_u8 => (IrKind.U64, IrConversion.Checked),
        ILOpCode.Conv_ovf_i => (IrKind.Native, IrConversion.Checked),
        ILOpCode.Conv_ovf_u => (IrKind.UNative, IrConversion.Checked),
        ILOpCode.Conv_ovf_i1_un => (IrKind.I8, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_u1_un => (IrKind.U8, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_i2_un => (IrKind.I16, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_u2_un => (IrKind.U16, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_i4_un => (IrKind.I32, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_u4_un => (IrKind.U32, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_i8_un => (IrKind.I64, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_u8_un => (IrKind.U64, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_i_un => (IrKind.Native, IrConversion.CheckedUnsigned),
        ILOpCode.Conv_ovf_u_un => (IrKind.UNative, IrConversion.CheckedUnsigned),
        _ => null,
    };
}
