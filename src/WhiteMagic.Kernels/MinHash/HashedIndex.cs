using System;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>A signature's index and the hash it is sorted by.</summary>
internal unsafe struct HashedIndex
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;

    public uint Hash;
    public int Index;

    /// <summary>
    /// Sorts by hash, equal hashes in the order they had, with three passes over 11 bits each. Both lists have <paramref name="count"/> items;
    /// the result is in <paramref name="other"/>.
    /// </summary>
    public static void Sort(HashedIndex* items, HashedIndex* other, int count)
    {
        // SAFETY: digits are below Buckets; places are below count, because they are counted first.
        int* next = stackalloc int[Buckets];
        for (int shift = 0; shift < 32; shift += DigitBits)
        {
            new Span<int>(next, Buckets).Clear();
            for (int i = 0; i < count; i++)
            {
                next[(items[i].Hash >> shift) & (Buckets - 1)]++;
            }

            int start = 0;
            for (int i = 0; i < Buckets; i++)
            {
                int end = start + next[i];
                next[i] = start;
                start = end;
            }

            for (int i = 0; i < count; i++)
            {
                other[next[(items[i].Hash >> shift) & (Buckets - 1)]++] = items[i];
            }

            HashedIndex* swap = items;
            items = other;
            other = swap;
        }
    }
}
