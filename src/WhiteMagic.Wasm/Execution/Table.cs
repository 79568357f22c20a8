using System;
using System.Runtime.CompilerServices;
using WhiteMagic.Wasm.Model;

namespace WhiteMagic.Wasm.Execution;

/// <summary>A table of references.</summary>
internal sealed unsafe class Table
{
    private readonly TableState[] _state = GC.AllocateArray<TableState>(1, pinned: true);
    private readonly uint _most;
    private readonly Room<ulong> _room = new();

    internal Table(TableType type, ExecutionLimits limits)
    {
        Declared = type;
        _most = Math.Min(type.Size.Max ?? uint.MaxValue, (uint)limits.TableElements);
        if (type.Size.Min > _most)
        {
            throw new WasmLinkException($"a table of {type.Size.Min} elements, where {limits.TableElements} are allowed");
        }

        _room.Clear((int)type.Size.Min);
        SetState();
    }

    internal TableState* State => (TableState*)Unsafe.AsPointer(ref _state[0]);

    /// <summary>What its module says of it.</summary>
    internal TableType Declared { get; }

    internal Span<ulong> Items => _room.Items;

    /// <summary>Adds elements and gives how many there were, or -1 where so many are not allowed.</summary>
    internal int Grow(uint count, ulong value)
    {
        int before = Items.Length;
        if (count > _most - (uint)before)
        {
            return -1;
        }

        _room.Grow(before + (int)count, (int)_most);
        SetState();
        Items[before..].Fill(value);
        return before;
    }

    internal void Reset(ReadOnlySpan<ulong> items)
    {
        if (items.Length != Items.Length)
        {
            _room.Clear(items.Length);
            SetState();
        }

        items.CopyTo(Items);
    }

    // SAFETY: the room is pinned, and this object, which the store keeps, holds it.
    private void SetState() => _state[0] = new TableState { Items = _room.Start, Count = Items.Length };
}
