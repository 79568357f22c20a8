using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A memory.</summary>
internal sealed unsafe class Memory
{
    internal const int PageBits = 16;

    private readonly MemoryState[] _state = GC.AllocateArray<MemoryState>(1, pinned: true);
    private readonly uint _mostPages;
    private readonly Room<byte> _room = new();

    /// <summary>A memory, or the lack of one.</summary>
    /// <param name="size">Pages at first, and at most by the module.</param>
    /// <param name="limits">At most by the host.</param>
    internal Memory(Extent size, ExecutionLimits limits)
    {
        Declared = size;
        _mostPages = Math.Min(size.Max ?? uint.MaxValue, (uint)limits.MemoryPages);
        if (size.Min > _mostPages)
        {
            throw new WasmLinkException($"a memory of {size.Min} pages, where {limits.MemoryPages} are allowed");
        }

        _room.Clear((int)size.Min << PageBits);
        SetState();
    }

    internal MemoryState* State => (MemoryState*)Unsafe.AsPointer(ref _state[0]);

    /// <summary>What its module says of its size.</summary>
    internal Extent Declared { get; }

    internal int PageCount => Bytes.Length >> PageBits;

    internal Span<byte> Bytes => _room.Items;

    /// <summary>Adds pages and gives how many there were, or -1 where so many are not allowed.</summary>
    internal int Grow(uint pages)
    {
        int before = PageCount;
        if (pages > _mostPages - (uint)before)
        {
            return -1;
        }

        _room.Grow((before + (int)pages) << PageBits, (int)_mostPages << PageBits);
        SetState();
        return before;
    }

    /// <summary>Makes it what it was: these bytes, then zeroes, in so many pages.</summary>
    internal void Reset(ReadOnlySpan<byte> head, int pages)
    {
        if (pages != PageCount)
        {
            _room.Clear(pages << PageBits);
            SetState();
        }
        else
        {
            Bytes[head.Length..].Clear();
        }

        head.CopyTo(Bytes);
    }

    // SAFETY: the room is pinned, and this object, which the store keeps, holds it.
    private void SetState() => _state[0] = new MemoryState { Start = _room.Start, Bytes = (ulong)Bytes.Length };
}
