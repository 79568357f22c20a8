using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A memory: pinned bytes that are replaced by more when it grows, by at least as many again, so that growing by single pages copies little.</summary>
internal sealed unsafe class Memory
{
    internal const int PageBits = 16;

    private readonly MemoryState[] _state = GC.AllocateArray<MemoryState>(1, pinned: true);
    private readonly uint _mostPages;

    // As many as there is room for: those beyond the end are zeroes, which nothing has reached.
    private byte[] _room = [];
    private int _byteCount;

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

        Replace((int)size.Min, (int)size.Min);
    }

    internal MemoryState* State => (MemoryState*)Unsafe.AsPointer(ref _state[0]);

    /// <summary>What its module says of its size.</summary>
    internal Extent Declared { get; }

    internal int PageCount => _byteCount >> PageBits;

    internal Span<byte> Bytes => _room.AsSpan(0, _byteCount);

    /// <summary>Adds pages and gives how many there were, or -1 where so many are not allowed.</summary>
    internal int Grow(uint pages)
    {
        int before = PageCount;
        if (pages > _mostPages - (uint)before)
        {
            return -1;
        }

        int after = before + (int)pages;
        if (after > _room.Length >> PageBits)
        {
            Span<byte> old = Bytes;
            Replace(after, (int)Math.Min(Math.Max(after, 2 * (uint)before), _mostPages));
            old.CopyTo(_room);
        }
        else
        {
            SetState(after);
        }

        return before;
    }

    /// <summary>Makes it what it was: these bytes, then zeroes, in so many pages.</summary>
    internal void Reset(ReadOnlySpan<byte> head, int pages)
    {
        if (pages != PageCount)
        {
            Replace(pages, pages);
        }
        else
        {
            Bytes[head.Length..].Clear();
        }

        head.CopyTo(_room);
    }

    // SAFETY: the array is pinned, and this object, which the store keeps, holds it.
    private void Replace(int pages, int room)
    {
        _room = room == 0 ? [] : GC.AllocateArray<byte>(room << PageBits, pinned: true);
        SetState(pages);
    }

    private void SetState(int pages)
    {
        _byteCount = pages << PageBits;
        _state[0] = new MemoryState { Start = pages == 0 ? null : (byte*)Unsafe.AsPointer(ref _room[0]), Bytes = (ulong)_byteCount };
    }
}
