using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A table of references: pinned, and replaced by a longer one when it grows.</summary>
internal sealed unsafe class Table
{
    private readonly TableState[] _state = GC.AllocateArray<TableState>(1, pinned: true);
    private readonly uint _most;
    private ulong[] _items = [];

    internal Table(TableType type, ExecutionLimits limits)
    {
        Declared = type;
        _most = Math.Min(type.Size.Max ?? uint.MaxValue, (uint)limits.TableElements);
        if (type.Size.Min > _most)
        {
            throw new WasmLinkException($"a table of {type.Size.Min} elements, where {limits.TableElements} are allowed");
        }

        Replace((int)type.Size.Min);
    }

    internal TableState* State => (TableState*)Unsafe.AsPointer(ref _state[0]);

    /// <summary>What its module says of it.</summary>
    internal TableType Declared { get; }

    internal Span<ulong> Items => _items;

    /// <summary>Adds elements and gives how many there were, or -1 where so many are not allowed.</summary>
    internal int Grow(uint count, ulong value)
    {
        int before = _items.Length;
        if (count > _most - (uint)before)
        {
            return -1;
        }

        if (count > 0)
        {
            ulong[] old = _items;
            Replace(before + (int)count);
            old.CopyTo(_items, 0);
            _items.AsSpan(before).Fill(value);
        }

        return before;
    }

    internal void Reset(ReadOnlySpan<ulong> items)
    {
        if (items.Length != _items.Length)
        {
            Replace(items.Length);
        }

        items.CopyTo(_items);
    }

    // SAFETY: the array is pinned, and this object, which the store keeps, holds it.
    private void Replace(int count)
    {
        _items = count == 0 ? [] : GC.AllocateArray<ulong>(count, pinned: true);
        _state[0] = new TableState { Items = count == 0 ? null : (ulong*)Unsafe.AsPointer(ref _items[0]), Count = count };
    }
}
