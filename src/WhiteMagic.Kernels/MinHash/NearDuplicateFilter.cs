using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.MinHash;

// Problem: when a memory is created, find those that were stored before and are nearly the same (similarity from 0.9 up), in a microsecond and
// with little memory, while memories come and go. The signatures themselves are in the database; here are only their first bands.
//
//   key of band i = i and the three bytes of its rows, i = 0 to 2
//   a hash table with open addressing holds a slot (key, id) for each band of each memory
//   add: put three slots. remove: find them, close the gaps. candidates: the ids in all slots with one of the signature's keys
//
// With 3 bands of 3 rows a pair of similarity 0.9 is found with probability 0.980, of 0.95 with 0.997, of 0.5 with 0.33. Unrelated signatures
// share a key in one of 5.6 million cases, so candidates must be compared, but they are few.
// Cost: three or four cache lines; 24 bytes a memory at a load between 0.68 and 0.85, so 28 to 35 bytes, and while it grows the old table too.
// A key has at most 16 slots: of 50,000 equal texts the first 16 are enough to find, and without the limit each would walk past all others.
// Knowingly not optimal: when those 16 are removed, the ones that found no place stay unknown until the filter is built again.

/// <summary>Remembers parts of signatures and finds the ids whose signature is probably similar. Owns memory; not copied, and freed by <see cref="Free"/>.</summary>
public unsafe struct NearDuplicateFilter
{
    /// <summary>The most ids that <see cref="Candidates"/> can find.</summary>
    public const int MaxCandidates = Bands * SlotsOfKey;

    private const int Bands = 3;
    private const int BandRows = 3;
    private const int SlotsOfKey = 16;
    private const uint SmallestCapacity = 256;
    private const uint LargestCapacity = int.MaxValue / sizeof(ulong);

    private Slot* _slots;
    private uint _capacity;
    private uint _used;

    /// <summary>Bytes of memory that the filter holds.</summary>
    public readonly long Bytes => (long)_capacity * sizeof(Slot);

    /// <summary>Adds a memory under an id above 0; false when there is no memory left for it.</summary>
    public bool TryAdd(int id, in CompactSignature signature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        if (_used + Bands > _capacity / 20 * 17 && !TryGrow())
        {
            return false;
        }

        for (int band = 0; band < Bands; band++)
        {
            Put(Key(signature, band), id);
        }

        return true;
    }

    /// <summary>Removes what <see cref="TryAdd"/> added for this id and signature; an unknown one changes nothing.</summary>
    public void Remove(int id, in CompactSignature signature)
    {
        for (int band = 0; band < Bands && _capacity > 0; band++)
        {
            uint key = Key(signature, band);
            uint at = Home(key);

            // SAFETY: here and below, at < _capacity, and at least one slot is empty.
            while (_slots[at].Id != 0 && (_slots[at].Key != key || _slots[at].Id != id))
            {
                at = After(at);
            }

            if (_slots[at].Id != 0)
            {
                CloseGap(at);
                _used--;
            }
        }
    }

    /// <summary>Writes the ids that share a band with the signature, each once, and returns their number; what has no room is left out.</summary>
    public readonly int Candidates(in CompactSignature signature, Span<int> ids)
    {
        int count = 0;
        for (int band = 0; band < Bands && _capacity > 0; band++)
        {
            uint key = Key(signature, band);
            for (uint at = Home(key); _slots[at].Id != 0 && count < ids.Length; at = After(at))
            {
                if (_slots[at].Key == key && !ids[..count].Contains(_slots[at].Id))
                {
                    ids[count++] = _slots[at].Id;
                }
            }
        }

        return count;
    }

    /// <summary>Gives the memory back; the filter is empty and can be used again.</summary>
    public void Free()
    {
        KernelMemory.Free(_slots);
        this = default;
    }

    private static uint Key(in CompactSignature signature, int band)
    {
        int row = band * BandRows;
        return (uint)((band << 24) | (signature[row] << 16) | (signature[row + 1] << 8) | signature[row + 2]);
    }

    private readonly uint Home(uint key) => (uint)(((ulong)SignatureBuilder.Spread(key) * _capacity) >> 32);

    private readonly uint After(uint slot) => slot + 1 == _capacity ? 0 : slot + 1;

    private void Put(uint key, int id)
    {
        int slotsOfKey = 0;
        uint at = Home(key);
        for (; _slots[at].Id != 0; at = After(at))
        {
            if (_slots[at].Key == key && (_slots[at].Id == id || ++slotsOfKey == SlotsOfKey))
            {
                return;
            }
        }

        _slots[at] = new Slot { Key = key, Id = id };
        _used++;
    }

    // Moves later slots of the run up, where their home allows it, so that no search ends early.
    private readonly void CloseGap(uint gap)
    {
        for (uint at = After(gap); _slots[at].Id != 0; at = After(at))
        {
            uint home = Home(_slots[at].Key);
            bool homeIsAfterGap = gap <= at ? home > gap && home <= at : home > gap || home <= at;
            if (!homeIsAfterGap)
            {
                _slots[gap] = _slots[at];
                gap = at;
            }
        }

        _slots[gap] = default;
    }

    private bool TryGrow()
    {
        uint capacity = Math.Max(SmallestCapacity, _capacity + (_capacity / 4));
        if (capacity > LargestCapacity)
        {
            return false;
        }

        var slots = (Slot*)KernelMemory.TryAllocate(capacity * (uint)sizeof(Slot));
        if (slots == null)
        {
            return false;
        }

        Slot* old = _slots;
        uint oldCapacity = _capacity;
        _slots = slots;
        _capacity = capacity;
        _used = 0;
        for (uint i = 0; i < oldCapacity; i++)
        {
            if (old[i].Id != 0)
            {
                Put(old[i].Key, old[i].Id);
            }
        }

        KernelMemory.Free(old);
        return true;
    }

    private struct Slot
    {
        public uint Key;

        // 0 in an empty slot.
        public int Id;
    }
}
