using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Wasm.Execution;

/// <summary>
/// Pinned items that become more: they are replaced by at least twice as many, so that growing one by one copies little. Those beyond the end are zeroes,
/// which nothing has reached.
/// </summary>
internal sealed unsafe class Room<T>
    where T : unmanaged
{
    private T[] _items = [];
    private int _count;

    internal Span<T> Items => _items.AsSpan(0, _count);

    /// <summary>Where the first one is; null when there is none.</summary>
    internal T* Start => _count == 0 ? null : (T*)Unsafe.AsPointer(ref _items[0]);

    /// <summary>Makes it longer; what is new is zero.</summary>
    /// <param name="count">How many there are to be.</param>
    /// <param name="most">How many there may ever be.</param>
    internal void Grow(int count, int most)
    {
        if (count > _items.Length)
        {
            Span<T> old = Items;
            Replace(count, (int)Math.Min(Math.Max((uint)count, 2 * (uint)old.Length), (uint)most));
            old.CopyTo(_items);
        }

        _count = count;
    }

    /// <summary>Begins anew with so many zeroes.</summary>
    internal void Clear(int count) => Replace(count, count);

    private void Replace(int count, int room)
    {
        _items = room == 0 ? [] : GC.AllocateArray<T>(room, pinned: true);
        _count = count;
    }
}
