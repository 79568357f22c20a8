using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Sqlite.Search;

/// <summary>The postings of a segment that is made, to be put in order. Outside the heap: what a segment needs is given back at once.</summary>
internal sealed unsafe class SegmentPostings : IDisposable
{
    // A little more than usually comes: sizes that are always the same are given back whole.
    private const int UsualCapacity = SegmentWriter.MostRecentPostings + 32_768;
    private const int RadixBits = 8;

    private SegmentPosting* _postings;
    private SegmentPosting* _sorted;
    private int _capacity;

    internal int Count { get; private set; }

    internal ref readonly SegmentPosting this[int index] => ref Postings[index];

    private ReadOnlySpan<SegmentPosting> Postings => new(_postings, Count);

    public void Dispose()
    {
        NativeMemory.Free(_postings);
        NativeMemory.Free(_sorted);
        _postings = null;
        _sorted = null;
        (_capacity, Count) = (0, 0);
    }

    internal void Add(long term, int number, int count)
    {
        if (Count == _capacity)
        {
            int capacity = Math.Max(UsualCapacity, checked(_capacity * 2));

            // SAFETY: freed by Dispose; _capacity bounds every access.
            _postings = (SegmentPosting*)NativeMemory.Realloc(_postings, (nuint)capacity * (nuint)sizeof(SegmentPosting));
            _capacity = capacity;
        }

        _postings[Count++] = new SegmentPosting(term, number, count);
    }

    /// <summary>Puts them in the order of terms, those of one term in the order of numbers.</summary>
    internal void Sort()
    {
        if (Count > 0)
        {
            // SAFETY: as long as what is sorted into it; freed at the end.
            _sorted = (SegmentPosting*)NativeMemory.Alloc((nuint)_capacity, (nuint)sizeof(SegmentPosting));
            Sort(posting => posting.Number, sizeof(int));
            Sort(posting => posting.Term, TermCounts.TermBits / RadixBits);
            NativeMemory.Free(_sorted);
            _sorted = null;
        }
    }

    // Least significant byte first, each pass keeping the order of what is equal.
    private void Sort(Func<SegmentPosting, long> key, int bytes)
    {
        Span<int> starts = stackalloc int[1 << RadixBits];
        for (int pass = 0; pass < bytes; pass++)
        {
            int shift = pass * RadixBits;
            starts.Clear();
            foreach (ref readonly SegmentPosting posting in Postings)
            {
                starts[(int)(key(posting) >> shift) & 0xFF]++;
            }

            int sum = 0;
            foreach (ref int start in starts)
            {
                (start, sum) = (sum, sum + start);
            }

            var sorted = new Span<SegmentPosting>(_sorted, Count);
            foreach (ref readonly SegmentPosting posting in Postings)
            {
                sorted[starts[(int)(key(posting) >> shift) & 0xFF]++] = posting;
            }

            SegmentPosting* before = _postings;
            _postings = _sorted;
            _sorted = before;
        }
    }
}

/// <summary>A memory's number, and how often it has a term: 12 bytes. Counts beyond sixteen millions say no more.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct SegmentPosting(long term, int number, int count)
{
    private const int CountBits = 64 - TermCounts.TermBits;
    private const int MostCount = (1 << CountBits) - 1;

    private readonly ulong _termAndCount = ((ulong)term << CountBits) | (uint)Math.Min(count, MostCount);

    internal int Number { get; } = number;

    internal long Term => (long)(_termAndCount >> CountBits);

    internal int Count => (int)(_termAndCount & MostCount);
}
