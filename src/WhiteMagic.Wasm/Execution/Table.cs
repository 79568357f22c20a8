using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A table of references: pinned, and replaced by one at least twice as long when it grows, so that growing by single elements copies little.</summary>
internal sealed unsafe class Table
{
    private readonly TableState[] _state = GC.AllocateArray<TableState>(1, pinned: true);
    private readonly uint _most;
    private ulong[] _room = [];
    private int _count;

    internal Table(TableType type, ExecutionLimits limits)
    {
        Declared = type;
        _most = Math.Min(type.Size.Max ?? uint.MaxValue, (uint)limits.TableElements);
        if (type.Size.Min > _most)
        {
            throw new WasmLinkException($"a table of {type.Size.Min} elements, where {limits.TableElements} are allowed");
        }

        Replace((int)type.Size.Min, (int)type.Size.Min);
    }

    internal TableState* State => (TableState*)Unsafe.AsPointer(ref _state[0]);

    /// <summary>What its module says of it.</summary>
    internal TableType Declared { get; }

    internal Span<ulong> Items => _room.AsSpan(0, _count);

    /// <summary>Adds elements and gives how many there were, or -1 where so many are not allowed.</summary>
    internal int Grow(uint count, ulong value)
    {
        int before = _count;
        if (count > _most - (uint)before)
        {
            return -1;
        }

        int after = before + (int)count;
        if (after > _room.Length)
        {
            Span<ulong> old = Items;
            Replace(after, (int)Math.Min(Math.Max((uint)after, 2 * (uint)before), _most));
            old.CopyTo(_room);
        }
        else
        {
            SetState(after);
        }

        Items[before..].Fill(value);
        return before;
    }

    internal void Reset(ReadOnlySpan<ulong> items)
    {
        if (items.Length != _count)
        {
            Replace(items.Length, items.Length);
        }

        items.CopyTo(_room);
    }

    // SAFETY: the array is pinned, and this object, which the store keeps, holds it.
    private void Replace(int count, int room)
    {
        _room = room == 0 ? [] : GC.AllocateArray<ulong>(room, pinned: true);
        SetState(count);
    }

    private void SetState(int count)
    {
        _count = count;
        _state[0] = new TableState { Items = count == 0 ? null : (ulong*)Unsafe.AsPointer(ref _room[0]), Count = count };
    }
}
