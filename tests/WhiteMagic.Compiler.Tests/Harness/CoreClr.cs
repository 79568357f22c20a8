using System;
using System.Reflection;
using System.Runtime.InteropServices;

namespace WhiteMagic.Compiler.Tests.Harness;

/// <summary>The oracle: the idiom as .NET runs it.</summary>
internal static unsafe class CoreClr
{
    internal static Outcome Run(Case @case)
    {
        void* memory = NativeMemory.AlignedAlloc(Case.MemoryBytes, 16);
        try
        {
            @case.Memory.CopyTo(new Span<byte>(memory, Case.MemoryBytes));
            object? result = @case.Idiom.Method.Invoke(null, Box(@case, (byte*)memory));
            return Outcome.Of(@case.Idiom.Result, ToBits(result), new ReadOnlySpan<byte>(memory, Case.MemoryBytes));
        }
        catch (TargetInvocationException)
        {
            return Outcome.Trap;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private static object[] Box(Case @case, byte* memory)
    {
        ParameterInfo[] parameters = @case.Idiom.Method.GetParameters();
        object[] boxed = new object[parameters.Length];
        for (int i = 0; i < boxed.Length; i++)
        {
            long bits = @case.Arguments[i];
            Type type = parameters[i].ParameterType;
            boxed[i] = type.IsPointer ? Pointer.Box(memory + (bits * Case.BufferBytes), type)
                : type == typeof(int) ? (object)(int)bits
                : type == typeof(uint) ? (object)(uint)bits
                : type == typeof(long) ? (object)bits
                : type == typeof(ulong) ? (object)(ulong)bits
                : type == typeof(float) ? (object)BitConverter.Int32BitsToSingle((int)bits)
                : BitConverter.Int64BitsToDouble(bits);
        }

        return boxed;
    }

    private static long ToBits(object? result) => result switch
    {
        null => 0,
        int i => i,
        uint u => u,
        long l => l,
        ulong u => (long)u,
        float f => BitConverter.SingleToInt32Bits(f),
        double d => BitConverter.DoubleToInt64Bits(d),
        _ => throw new ArgumentException("a result of " + result.GetType()),
    };
}
