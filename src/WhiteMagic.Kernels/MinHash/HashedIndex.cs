using System;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>A signature's index and the hash it is sorted by.</summary>
internal struct HashedIndex
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;

    public uint Hash;
    public int Index;

    /// <summary>
    /// Sorts by hash, equal hashes in the order they had, with three passes over 11 bits each. Both spans have one length; the result is in
    /// <paramref name="other"/>.
    /// </summary>
    public static void Sort(Span<HashedIndex> items, Span<HashedIndex> other)
    {
        Span<int> next = stackalloc int[Buckets];
        for (int shift = 0; shift < 32; shift += DigitBits)
        {
            next.Clear();
            foreach (HashedIndex item in items)
            {
                next[(int)(item.Hash >> shift) & (Buckets - 1)]++;
            }

            int start = 0;
            foreach (ref int bucket in next)
            {
                int count = bucket;
                bucket = start;
                start += count;
            }

            foreach (HashedIndex item in items)
            {
                ref int slot = ref next[(int)(item.Hash >> shift) & (Buckets - 1)];
                other[slot++] = item;
            }

            Span<HashedIndex> swap = items;
            items = other;
            other = swap;
        }
    }
}
