using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Operations on numbers and addresses.</summary>
internal static class ArithmeticLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, ILOpCode code)
    {
        if (BinaryOf(code) is { } binary)
        {
            Binary(frame, binary);
            return true;
        }

        if (code is ILOpCode.Neg or ILOpCode.Not)
        {
            StackValue value = frame.Pop();
            IrLocal result = frame.Temporary(value.Type);
            frame.Emit(new IrInstruction.Unary(result, code == ILOpCode.Neg ? IrUnary.Negate : IrUnary.Not, value.Operand));
            frame.Push(result);
            return true;
        }

        return false;
    }

    private static IrBinary? BinaryOf(ILOpCode code) => code switch
    {
        ILOpCode.Add => IrBinary.Add,
        ILOpCode.Sub => IrBinary.Subtract,
        ILOpCode.Mul => IrBinary.Multiply,
        ILOpCode.Div => IrBinary.Divide,
        ILOpCode.Div_un => IrBinary.DivideUnsigned,
        ILOpCode.Rem => IrBinary.Remainder,
        ILOpCode.Rem_un => IrBinary.RemainderUnsigned,
        ILOpCode.And => IrBinary.And,
        ILOpCode.Or => IrBinary.Or,
        ILOpCode.Xor => IrBinary.Xor,
        ILOpCode.Shl => IrBinary.ShiftLeft,
        ILOpCode.Shr => IrBinary.ShiftRight,
        ILOpCode.Shr_un => IrBinary.ShiftRightUnsigned,
        ILOpCode.Add_ovf => IrBinary.AddChecked,
        ILOpCode.Add_ovf_un => IrBinary.AddCheckedUnsigned,
        ILOpCode.Sub_ovf => IrBinary.SubtractChecked,
        ILOpCode.Sub_ovf_un => IrBinary.SubtractCheckedUnsigned,
        ILOpCode.Mul_ovf => IrBinary.MultiplyChecked,
        ILOpCode.Mul_ovf_un => IrBinary.MultiplyCheckedUnsigned,
        _ => null,
    };

    private static void Binary(MethodFrame frame, IrBinary operation)
    {
        StackValue right = frame.Pop();
        StackValue left = frame.Pop();
        if (TryOffset(frame, operation, left, right))
        {
            return;
        }

        bool isShift = operation is IrBinary.ShiftLeft or IrBinary.ShiftRight or IrBinary.ShiftRightUnsigned;
        IrType type = isShift ? left.Type : Common(left.Type, right.Type);
        IrLocal result = frame.Temporary(type);
        frame.Emit(new IrInstruction.Binary(result, operation, left.Operand, right.Operand));
        frame.Push(result);
    }

    // Addresses stay addresses when a number is added: the C compiler follows them only then.
    private static bool TryOffset(MethodFrame frame, IrBinary operation, StackValue left, StackValue right)
    {
        bool isBackward = operation is IrBinary.Subtract or IrBinary.SubtractCheckedUnsigned;
        bool isOffset = isBackward || operation is IrBinary.Add or IrBinary.AddCheckedUnsigned;
        (StackValue address, StackValue bytes) = left.Type == IrType.Pointer ? (left, right) : (right, left);
        bool isBoth = left.Type == IrType.Pointer && right.Type == IrType.Pointer;
        if (!isOffset || address.Type != IrType.Pointer || isBoth || (isBackward && left.Type != IrType.Pointer))
        {
            return false;
        }

        IrLocal result = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.Offset(result, address.Operand, bytes.Operand, isBackward));
        frame.Push(result);
        return true;
    }

    private static IrType Common(IrType left, IrType right)
    {
        if (left.IsAddress || right.IsAddress)
        {
            return IrType.Native;
        }

        return left == right && (left.IsFloat || left.IsInteger) ? left
            : left.IsFloat && right.IsFloat ? IrType.F64
            : throw MethodFrame.Invalid($"an operation on {left.Kind} and {right.Kind}");
    }
}
