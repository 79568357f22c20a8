using System;
using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Bits of numbers.</summary>
internal static class BitIntrinsics
{
    internal static readonly Dictionary<string, Intrinsic> All = new()
    {
        ["System.Numerics.BitOperations.PopCount"] = Count("wm_popcount"),
        ["System.Numerics.BitOperations.LeadingZeroCount"] = Count("wm_clz"),
        ["System.Numerics.BitOperations.TrailingZeroCount"] = Count("wm_ctz"),
        ["System.BitConverter.DoubleToInt64Bits"] = Cast,
        ["System.BitConverter.DoubleToUInt64Bits"] = Cast,
        ["System.BitConverter.Int64BitsToDouble"] = Cast,
        ["System.BitConverter.UInt64BitsToDouble"] = Cast,
        ["System.BitConverter.SingleToInt32Bits"] = Cast,
        ["System.BitConverter.SingleToUInt32Bits"] = Cast,
        ["System.BitConverter.Int32BitsToSingle"] = Cast,
        ["System.BitConverter.UInt32BitsToSingle"] = Cast,
        ["System.Runtime.CompilerServices.Unsafe.BitCast"] = Cast,
    };

    private static Intrinsic Count(string function) => (frame, method) =>
    {
        // The overloads for native integers go through those for 64 bits, as they do natively.
        Type type = method.GetParameters()[0].ParameterType;
        string? width = type == typeof(int) || type == typeof(uint) ? "i32" : type == typeof(long) || type == typeof(ulong) ? "i64" : null;
        return width is not null && IntrinsicTable.CallRuntime(frame, method, $"{function}_{width}");
    };

    // Through memory: the C compiler makes one instruction of it, or none.
    private static bool Cast(MethodFrame frame, MethodBase method)
    {
        IrType from = frame.Types.Of(method.GetParameters()[0].ParameterType);
        IrType to = frame.Types.Of(((MethodInfo)method).ReturnType);
        if (from.Bytes != to.Bytes)
        {
            frame.Trap();
            return true;
        }

        IrOperand value = frame.Pop().Operand;
        IrLocal place = frame.Temporary(from);
        IrLocal address = frame.Temporary(IrType.Pointer);
        frame.Emit(new IrInstruction.Copy(place, value));
        frame.Emit(new IrInstruction.AddressOfLocal(address, place));
        MemoryLowering.Load(frame, to, address);
        return true;
    }
}
