using System;
using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;
using WhiteMagic.KernelCompiler.Reading;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Blocks of memory, and spans over tables of constants.</summary>
internal static class MemoryIntrinsics
{
    internal static readonly Dictionary<string, Intrinsic> All = new()
    {
        ["System.Buffer.Memmove"] = Move,
        ["System.SpanHelpers.Memmove"] = Move,
        ["System.SpanHelpers.ClearWithoutReferences"] = Clear,
        ["System.SpanHelpers.SequenceEqual"] = Equal,
        ["System.SpanHelpers.SequenceCompareTo"] = Compare,
        ["System.Runtime.CompilerServices.RuntimeHelpers.CreateSpan"] = CreateSpan,
    };

    private static bool Move(MethodFrame frame, MethodBase method)
    {
        if (method.IsGenericMethod)
        {
            Address.Scale(frame, frame.Types.Of(method.GetGenericArguments()[0]));
        }

        IrOperand bytes = frame.Pop().Operand;
        IrOperand source = frame.PopAddress();
        IrOperand target = frame.PopAddress();
        frame.Emit(new IrInstruction.CopyMemory(target, source, bytes));
        return true;
    }

    private static bool Clear(MethodFrame frame, MethodBase method)
    {
        IrOperand bytes = frame.Pop().Operand;
        frame.Emit(new IrInstruction.FillMemory(frame.PopAddress(), IrConstant.I32(0), bytes));
        return true;
    }

    // The framework's own bodies of these two, of a 64-bit process, step by 8 bytes and load a native integer, which has 4 here.
    private static bool Equal(MethodFrame frame, MethodBase method) =>
        !method.IsGenericMethod && IntrinsicTable.CallRuntime(frame, method, "wm_equal");

    private static bool Compare(MethodFrame frame, MethodBase method) =>
        !method.IsGenericMethod
        && IntrinsicTable.CallRuntime(frame, method, method.GetParameters()[0].ParameterType.GetElementType() == typeof(byte) ? "wm_compare_u8" : "wm_compare_u16");

    // `ReadOnlySpan<int> Table => [1, 2, 3]` with elements of more than a byte.
    private static bool CreateSpan(MethodFrame frame, MethodBase method)
    {
        if (frame.PopAny().Known is not Known.FieldOf { Field: var field })
        {
            throw new CompilationException(Rules.Reflection, TypeNames.Of(method));
        }

        Type element = method.GetGenericArguments()[0];
        IrType type = frame.Types.Of(element);
        IrLocal address = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.AddressOfGlobal(address, frame.Module.Statics.GlobalOf(field, type.Alignment)));
        frame.Push(address);
        frame.Push(IrConstant.I32(TableData.BytesOf(field) / type.Bytes));
        ConstructorInfo constructor = typeof(ReadOnlySpan<>).MakeGenericType(element).GetConstructor([typeof(void).MakePointerType(), typeof(int)])!;
        CallLowering.New(frame, constructor);
        return true;
    }
}
