using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>The bytes of a boxed value.</summary>
internal static class StaticValues
{
    internal static byte[] BytesOf(object boxed)
    {
        int count = RuntimeHelpers.SizeOf(boxed.GetType().TypeHandle);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Box>(boxed).First, count).ToArray();
    }

    internal static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;

    // Every boxed value begins where the first field of an object does; only its address is taken.
    private sealed class Box
    {
#pragma warning disable CS0649 // Never assigned: no object of this class is ever made.
        internal byte First;
#pragma warning restore CS0649
    }
}
