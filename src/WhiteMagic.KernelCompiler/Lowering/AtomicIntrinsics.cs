using System;
using System.Collections.Generic;
using System.Reflection;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Interlocked and its like: an instance has one thread, so plain operations do.</summary>
internal static class AtomicIntrinsics
{
    private const string Prefix = "System.Threading.Interlocked.";

    internal static readonly Dictionary<string, Intrinsic> All = new()
    {
        [Prefix + "Increment"] = (frame, method) => Update(frame, method, "increment"),
        [Prefix + "Decrement"] = (frame, method) => Update(frame, method, "decrement"),
        [Prefix + "Add"] = (frame, method) => Update(frame, method, "add"),
        [Prefix + "And"] = (frame, method) => Update(frame, method, "and"),
        [Prefix + "Or"] = (frame, method) => Update(frame, method, "or"),
        [Prefix + "Exchange"] = (frame, method) => Update(frame, method, "exchange"),
        [Prefix + "CompareExchange"] = (frame, method) => Update(frame, method, "compare_exchange"),
        [Prefix + "ExchangeAdd"] = (frame, method) => Update(frame, method, "exchange_add"),
        [Prefix + "Read"] = Read,
        [Prefix + "MemoryBarrier"] = Nothing,
        [Prefix + "MemoryBarrierProcessWide"] = Nothing,
        ["System.Threading.Thread.MemoryBarrier"] = Nothing,
        ["System.Threading.Thread.SpinWait"] = Pop,
        ["System.Threading.Volatile.Read"] = (frame, method) => IsInt64(method) && Read(frame, method),
        ["System.Threading.Volatile.Write"] = (frame, method) => IsInt64(method) && Write(frame, method),
        ["System.Threading.Volatile.ReadBarrier"] = Nothing,
        ["System.Threading.Volatile.WriteBarrier"] = Nothing,
    };

    private static bool Update(MethodFrame frame, MethodBase method, string operation)
    {
        Type type = method.GetParameters()[0].ParameterType.GetElementType()!;
        string? width = type == typeof(int) || type == typeof(uint) ? "i32" : type == typeof(long) || type == typeof(ulong) ? "i64" : null;
        return width is not null && IntrinsicTable.CallRuntime(frame, method, $"wm_atomic_{operation}_{width}");
    }

    private static bool Read(MethodFrame frame, MethodBase method)
    {
        MemoryLowering.Load(frame, IrType.I64, frame.PopAddress());
        return true;
    }

    private static bool Write(MethodFrame frame, MethodBase method)
    {
        IrOperand value = frame.Pop().Operand;
        frame.Emit(new IrInstruction.Store(IrType.I64, frame.PopAddress(), value));
        return true;
    }

    // The framework's own bodies for these two, of a 64-bit process, go through a native integer, which has 32 bits here. All others are right.
    private static bool IsInt64(MethodBase method) => method.GetParameters()[0].ParameterType.GetElementType() == typeof(long);

    private static bool Nothing(MethodFrame frame, MethodBase method) => true;

    private static bool Pop(MethodFrame frame, MethodBase method)
    {
        frame.Pop();
        return true;
    }
}
