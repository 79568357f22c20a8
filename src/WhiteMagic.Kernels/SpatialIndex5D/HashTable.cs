using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// Numbers found by a hash. It compares hashes only; the caller compares what they stand for. Open addressing with linear probing, at most
/// three quarters full; removing moves the rest of a run back, so there are no tombstones.
/// </summary>
internal unsafe struct HashTable
{
    private const uint SmallestCapacity = 16;
    private const uint LargestCapacity = 1 << 28;

    private Slot* _slots;
    private uint _mask;
    private uint _count;

    /// <summary>Makes sure that the next <paramref name="count"/> calls of <see cref="Add"/> succeed; false when there is no memory.</summary>
    public bool TryReserve(int count)
    {
        uint needed = _count + (uint)count;
        uint capacity = _slots == null ? SmallestCapacity : _mask + 1;
        while (capacity - (capacity / 4) <= needed && capacity <= LargestCapacity)
        {
            capacity *= 2;
        }

        if (capacity == _mask + 1)
        {
            return true;
        }

        Slot* slots = capacity > LargestCapacity ? null : (Slot*)KernelMemory.TryAllocate(capacity * (uint)sizeof(Slot));
        if (slots == null)
        {
            return false;
        }

        Slot* old = _slots;
        uint oldEnd = old == null ? 0 : _mask + 1;
        _slots = slots;
        _mask = capacity - 1;
        _count = 0;
        for (uint i = 0; i < oldEnd; i++)
        {
            if (old[i].Stored != 0)
            {
                Add(old[i].Hash, old[i].Stored - 1);
            }
        }

        KernelMemory.Free(old);
        return true;
    }

    /// <summary>The first or next number with this hash, or -1; <paramref name="cursor"/> starts as the hash.</summary>
    public readonly int Next(uint hash, ref uint cursor)
    {
        if (_slots == null)
        {
            return -1;
        }

        while (true)
        {
            // SAFETY: the mask keeps the place below the capacity; the table is never full, so the loop ends.
            Slot* slot = _slots + (cursor++ & _mask);
            if (slot->Stored == 0 || slot->Hash == hash)
            {
                return slot->Stored - 1;
            }
        }
    }

    /// <summary>Adds a number that is at least 0; there must have been a reservation.</summary>
    public void Add(uint hash, int number)
    {
        uint at = hash;
        while (_slots[at & _mask].Stored != 0)
        {
            at++;
        }

        _slots[at & _mask].Hash = hash;
        _slots[at & _mask].Stored = number + 1;
        _count++;
    }

    /// <summary>Puts another number in the place of one that is there.</summary>
    public readonly void Replace(uint hash, int number, int by) => _slots[Find(hash, number)].Stored = by + 1;

    /// <summary>Removes a number that is there.</summary>
    public void Remove(uint hash, int number)
    {
        uint hole = Find(hash, number);
        uint at = hole;
        while (true)
        {
            at = (at + 1) & _mask;
            if (_slots[at].Stored == 0)
            {
                break;
            }

            // It may move back unless its own place lies behind the hole.
            if (((at - _slots[at].Hash) & _mask) >= ((at - hole) & _mask))
            {
                _slots[hole] = _slots[at];
                hole = at;
            }
        }

        _slots[hole] = default;
        _count--;
    }

    /// <summary>Removes everything and keeps the memory.</summary>
    public void Clear()
    {
        Unsafe.InitBlock(_slots, 0, (_slots == null ? 0 : _mask + 1) * (uint)sizeof(Slot));
        _count = 0;
    }

    public void Free()
    {
        KernelMemory.Free(_slots);
        this = default;
    }

    private readonly uint Find(uint hash, int number)
    {
        uint at = hash & _mask;
        while (_slots[at].Stored != number + 1)
        {
            at = (at + 1) & _mask;
        }

        return at;
    }

    private struct Slot
    {
        public uint Hash;

        /// <summary>The number plus one; 0 is an empty slot.</summary>
        public int Stored;
    }
}
