using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Comparisons, whether they push a truth value or choose a branch.</summary>
internal static class Comparisons
{
    /// <summary>The comparison that an instruction makes; false when it is none.</summary>
    internal static (IrCompare Operation, bool IsComparison) Of(ILOpCode code) => code switch
    {
        ILOpCode.Ceq or ILOpCode.Beq => (IrCompare.Equal, true),
        ILOpCode.Bne_un => (IrCompare.NotEqual, true),
        ILOpCode.Clt or ILOpCode.Blt => (IrCompare.Less, true),
        ILOpCode.Ble => (IrCompare.LessOrEqual, true),
        ILOpCode.Cgt or ILOpCode.Bgt => (IrCompare.Greater, true),
        ILOpCode.Bge => (IrCompare.GreaterOrEqual, true),
        ILOpCode.Clt_un or ILOpCode.Blt_un => (IrCompare.LessUnsigned, true),
        ILOpCode.Ble_un => (IrCompare.LessOrEqualUnsigned, true),
        ILOpCode.Cgt_un or ILOpCode.Bgt_un => (IrCompare.GreaterUnsigned, true),
        ILOpCode.Bge_un => (IrCompare.GreaterOrEqualUnsigned, true),
        _ => (IrCompare.Equal, false),
    };

    /// <summary>Compares the two values on top of the stack; the result is known when both are.</summary>
    internal static IrOperand Lower(MethodFrame frame, IrCompare operation)
    {
        if (frame.Stack is [.., { Known: Known.Boxed }, { Known: Known.Reference }])
        {
            // `value == null` in generic code: a boxed value is never null.
            frame.PopAny();
            frame.PopAny();
            return IrConstant.I32(operation is IrCompare.NotEqual or IrCompare.GreaterUnsigned ? 1 : 0);
        }

        StackValue right = frame.Pop();
        StackValue left = frame.Pop();
        if (left.Constant is long a && right.Constant is long b)
        {
            return IrConstant.I32(Fold(operation, a, b, left.Type.Bytes) ? 1 : 0);
        }

        IrLocal result = frame.Temporary(IrType.I32);
        frame.Emit(new IrInstruction.Compare(result, operation, left.Operand, right.Operand));
        return result;
    }

    private static bool Fold(IrCompare operation, long a, long b, int bytes)
    {
        (ulong ua, ulong ub) = bytes == sizeof(long) ? ((ulong)a, (ulong)b) : ((uint)a, (uint)b);
        return operation switch
        {
            IrCompare.Equal => ua == ub,
            IrCompare.NotEqual => ua != ub,
            IrCompare.Less => a < b,
            IrCompare.LessOrEqual => a <= b,
            IrCompare.Greater => a > b,
            IrCompare.GreaterOrEqual => a >= b,
            IrCompare.LessUnsigned => ua < ub,
            IrCompare.LessOrEqualUnsigned => ua <= ub,
            IrCompare.GreaterUnsigned => ua > ub,
            _ => ua >= ub,
        };
    }
}
