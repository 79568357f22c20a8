using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.Tests.Support;

/// <summary>Zeroed memory outside the heap that goes with its test.</summary>
internal sealed unsafe class NativeBlock(int bytes) : IDisposable
{
    public byte* Start { get; } = (byte*)KernelMemory.TryAllocate((uint)bytes);

    public int Length => bytes;

    public Span<byte> Span => new(Start, bytes);

    public ref ulong Word(int offset) => ref *(ulong*)(Start + offset);

    public void Dispose() => KernelMemory.Free(Start);
}
