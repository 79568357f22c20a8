using System;

namespace WhiteMagic.Sqlite.Search;

/// <summary>The postings that no segment has yet, by term: a hash table of chains, the latest first.</summary>
internal sealed class RecentPostings
{
    private const int BucketBits = 14;

    private readonly int[] _heads = new int[1 << BucketBits];
    private Entry[] _entries = new Entry[256];
    private int _count;
    private int _largest;

    internal void Clear()
    {
        Array.Clear(_heads);
        (_count, _largest) = (0, 0);
    }

    /// <summary>Adds the terms of a memory in the place of those that it had.</summary>
    internal void Put(int number, ReadOnlySpan<byte> terms)
    {
        Remove(number);
        _largest = Math.Max(_largest, number);
        for (int at = 0; at < terms.Length;)
        {
            long term = PostingCode.Read(terms, ref at);
            int count = (int)PostingCode.Read(terms, ref at);
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, _count * 2);
            }

            ref int head = ref _heads[BucketOf(term)];
            _entries[_count] = new Entry { Term = term, Number = number, Count = count, Next = head };
            head = ++_count;
        }
    }

    /// <summary>Forgets the terms of a memory.</summary>
    internal void Remove(int number)
    {
        // Additions come with rising numbers; only a change or deletion looks for what was there.
        if (number > _largest)
        {
            return;
        }

        foreach (ref Entry entry in _entries.AsSpan(0, _count))
        {
            if (entry.Number == number)
            {
                entry.Count = 0;
            }
        }
    }

    internal void Gather(long term, int mostNumber, PostingList postings)
    {
        for (int at = _heads[BucketOf(term)]; at != 0; at = _entries[at - 1].Next)
        {
            ref readonly Entry entry = ref _entries[at - 1];
            if (entry.Term == term && entry.Count > 0 && entry.Number <= mostNumber)
            {
                postings.Add(entry.Number, entry.Count);
            }
        }
    }

    /// <summary>How many memories have a term.</summary>
    internal long CountOf(long term)
    {
        long count = 0;
        for (int at = _heads[BucketOf(term)]; at != 0; at = _entries[at - 1].Next)
        {
            count += _entries[at - 1].Term == term && _entries[at - 1].Count > 0 ? 1 : 0;
        }

        return count;
    }

    private static int BucketOf(long term) => (int)(term >> (TermCounts.TermBits - BucketBits)) & ((1 << BucketBits) - 1);

    private struct Entry
    {
        public long Term;
        public int Number;
        public int Count;
        public int Next;
    }
}
