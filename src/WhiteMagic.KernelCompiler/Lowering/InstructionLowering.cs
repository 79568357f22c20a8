using System;
using System.Reflection;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Every instruction that does not end its block.</summary>
internal static class InstructionLowering
{
    /// <exception cref="CompilationException">The instruction breaks a rule.</exception>
    internal static void Lower(MethodFrame frame, IlInstruction instruction)
    {
        SubsetRules.Check(frame, instruction);
        if (TryConstant(frame, instruction) || TryVariable(frame, instruction) || ArithmeticLowering.TryLower(frame, instruction.Code)
            || ConversionLowering.TryLower(frame, instruction.Code) || MemoryLowering.TryLower(frame, instruction)
            || FieldLowering.TryLower(frame, instruction) || BoxLowering.TryLower(frame, instruction) || CallLowering.TryLower(frame, instruction))
        {
            return;
        }

        (IrCompare operation, bool isComparison) = Comparisons.Of(instruction.Code);
        if (!isComparison)
        {
            throw MethodFrame.Invalid(instruction.Code.ToString());
        }

        frame.Push(Comparisons.Lower(frame, operation));
    }

    private static bool TryConstant(MethodFrame frame, IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Nop or ILOpCode.Break:
                return true;
            case ILOpCode.Ldc_i4:
                frame.Push(IrConstant.I32(instruction.Int32));
                return true;
            case ILOpCode.Ldc_i8:
                frame.Push(IrConstant.I64(instruction.Operand));
                return true;
            case ILOpCode.Ldc_r4:
                frame.Push(IrConstant.F32((float)instruction.Real));
                return true;
            case ILOpCode.Ldc_r8:
                frame.Push(IrConstant.F64(instruction.Real));
                return true;
            case ILOpCode.Ldnull:
                frame.PushKnown(new Known.Reference(Rules.Reference, "null"));
                return true;
            case ILOpCode.Ldstr:
                frame.PushKnown(new Known.Reference(Rules.String, "a literal"));
                return true;
            case ILOpCode.Ldtoken:
                frame.PushKnown(ReadToken(frame, instruction.Int32));
                return true;
            default:
                return false;
        }
    }

    private static Known ReadToken(MethodFrame frame, int token) => frame.ResolveMember(token) switch
    {
        FieldInfo field => new Known.FieldOf(field),
        Type type => new Known.TypeOf(type),
        MemberInfo member => throw new CompilationException(Rules.Reflection, member.Name),
    };

    private static bool TryVariable(MethodFrame frame, IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Ldarg:
                LoadArgument(frame, instruction.Int32);
                return true;
            case ILOpCode.Ldloc:
                LoadLocal(frame, frame.Local(instruction.Int32));
                return true;
            case ILOpCode.Starg:
                StoreArgument(frame, instruction.Int32);
                return true;
            case ILOpCode.Stloc:
                IrLocal local = frame.Local(instruction.Int32);
                frame.Emit(new IrInstruction.Copy(local, frame.Pop().Operand));
                return true;
            case ILOpCode.Ldarga:
                PushAddress(frame, frame.Argument(instruction.Int32));
                return true;
            case ILOpCode.Ldloca:
                PushAddress(frame, frame.Local(instruction.Int32));
                return true;
            case ILOpCode.Dup:
                StackValue top = frame.PopAny();
                frame.Stack.Add(top);
                frame.Stack.Add(top);
                return true;
            case ILOpCode.Pop:
                frame.PopAny();
                return true;
            default:
                return false;
        }
    }

    private static void LoadArgument(MethodFrame frame, int index)
    {
        IrLocal argument = frame.Argument(index);
        if (argument.Type.Kind != IrKind.Void)
        {
            LoadLocal(frame, argument);
            return;
        }

        int parameter = frame.Code.Method.IsStatic ? index : index - 1;
        Type type = frame.Code.Method.GetParameters()[parameter].ParameterType;
        frame.PushKnown(new Known.Reference(TypeLowering.RuleOf(type), TypeNames.Of(type)));
    }

    private static void StoreArgument(MethodFrame frame, int index)
    {
        IrLocal argument = frame.Argument(index);
        IrOperand value = frame.Pop().Operand;
        frame.Emit(new IrInstruction.Copy(argument, value));
    }

    // A copy, because the local may be written while the value waits on the stack.
    private static void LoadLocal(MethodFrame frame, IrLocal local)
    {
        IrLocal value = frame.Temporary(local.Type.OnStack);
        frame.Emit(new IrInstruction.Copy(value, local));
        frame.Push(value);
    }

    private static void PushAddress(MethodFrame frame, IrLocal local)
    {
        if (local.Type.Kind == IrKind.Void)
        {
            throw new CompilationException(Rules.Reference, "the address of a reference");
        }

        IrLocal address = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.AddressOfLocal(address, local));
        frame.Push(address);
    }
}
