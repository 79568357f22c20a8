using System.Linq;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>The instructions that end a block.</summary>
internal static class BranchLowering
{
    /// <summary>False when the instruction is none of them.</summary>
    internal static bool TryLower(MethodFrame frame, MethodLowering method, IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Br:
                Jump(frame, method, instruction.Int32);
                break;
            case ILOpCode.Leave:
                frame.Stack.Clear();
                Jump(frame, method, instruction.Int32);
                break;
            case ILOpCode.Brtrue or ILOpCode.Brfalse:
                Truth(frame, method, instruction);
                break;
            case ILOpCode.Switch:
                Switch(frame, method, instruction);
                break;
            case ILOpCode.Ret:
                IrOperand? value = frame.Function.Result.Kind == IrKind.Void ? null : frame.Pop().Operand;
                frame.Emit(new IrInstruction.Return(value));
                break;
            case ILOpCode.Throw:
                frame.PopAny();
                frame.Emit(new IrInstruction.Trap());
                break;
            case ILOpCode.Rethrow or ILOpCode.Endfinally or ILOpCode.Endfilter or ILOpCode.Jmp:
                throw new CompilationException(Rules.InvalidIl, instruction.Code.ToString());
            default:
                if (!instruction.Code.IsBranch())
                {
                    return false;
                }

                (IrCompare operation, bool _) = Comparisons.Of(instruction.Code);
                IrOperand condition = Comparisons.Lower(frame, operation);
                Choose(frame, method, condition, instruction.Int32, instruction.NextBytes);
                break;
        }

        frame.IsBlockEnded = true;
        return true;
    }

    private static void Jump(MethodFrame frame, MethodLowering method, int offsetBytes)
    {
        IrBlock target = method.Reach(offsetBytes);
        frame.Emit(new IrInstruction.Jump(target));
    }

    private static void Truth(MethodFrame frame, MethodLowering method, IlInstruction instruction)
    {
        (int then, int otherwise) = instruction.Code == ILOpCode.Brtrue
            ? (instruction.Int32, instruction.NextBytes)
            : (instruction.NextBytes, instruction.Int32);
        // A boxed value is never null.
        IrOperand condition = frame.Stack is [.., { Known: Known.Boxed }] ? IrConstant.I32(frame.PopAny().Known is null ? 0 : 1) : frame.Pop().Operand;
        Choose(frame, method, condition, then, otherwise);
    }

    private static void Choose(MethodFrame frame, MethodLowering method, IrOperand condition, int then, int otherwise)
    {
        if (condition is IrConstant known)
        {
            Jump(frame, method, known.Bits != 0 ? then : otherwise);
            return;
        }

        if (condition.Type.IsFloat || condition.Type.Struct is not null)
        {
            throw MethodFrame.Invalid("a condition is a number or an address");
        }

        IrBlock thenBlock = method.Reach(then);
        IrBlock otherwiseBlock = method.Reach(otherwise);
        frame.Emit(new IrInstruction.Branch(condition, thenBlock, otherwiseBlock));
    }

    private static void Switch(MethodFrame frame, MethodLowering method, IlInstruction instruction)
    {
        StackValue index = frame.Pop();
        if (index.Constant is long known)
        {
            Jump(frame, method, (uint)known < (uint)instruction.Targets.Count ? instruction.Targets[(int)known] : instruction.NextBytes);
            return;
        }

        IrBlock[] targets = [.. instruction.Targets.Select(method.Reach)];
        IrBlock otherwise = method.Reach(instruction.NextBytes);
        frame.Emit(new IrInstruction.Switch(index.Operand, targets, otherwise));
    }
}
