using System;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Sqlite.Search;

/// <summary>Counts the terms of one memory. Used again for the next, without allocating.</summary>
internal sealed class TermCounts
{
    /// <summary>Bits of a term: of half a million terms, any one shares its number with another with a probability of one in two millions.</summary>
    internal const int TermBits = 40;

    private const int HashBits = 64;
    private const int SmallestCapacity = 64;

    private long[] _terms = new long[SmallestCapacity];
    private int[] _counts = new int[SmallestCapacity];
    private int[] _used = new int[SmallestCapacity / 2];

    /// <summary>Different terms.</summary>
    internal int Count { get; private set; }

    /// <summary>Terms, repetitions included.</summary>
    internal int Length { get; private set; }

    /// <summary>The number of a term in the storage.</summary>
    internal static long TermOf(ulong hash) => (long)(hash >> (HashBits - TermBits));

    internal void Clear()
    {
        foreach (int slot in _used.AsSpan(0, Count))
        {
            _counts[slot] = 0;
        }

        Count = 0;
        Length = 0;
    }

    /// <summary>Adds the terms of a text.</summary>
    internal void Add(ReadOnlySpan<byte> text, bool keepsStopWords)
    {
        var tokens = new Tokenizer(text, keepsStopWords);
        for (ulong hash = tokens.Next(); hash != 0; hash = tokens.Next())
        {
            Add(TermOf(hash), 1);
            Length++;
        }
    }

    /// <summary>A term in the order of their first occurrences, and how often it occurs.</summary>
    internal (long Term, int Count) At(int index) => (_terms[_used[index]], _counts[_used[index]]);

    private void Add(long term, int count)
    {
        if (Count == _used.Length)
        {
            Grow();
        }

        int mask = _terms.Length - 1;
        int slot = (int)term & mask;
        while (_counts[slot] != 0 && _terms[slot] != term)
        {
            slot = (slot + 1) & mask;
        }

        if (_counts[slot] == 0)
        {
            _terms[slot] = term;
            _used[Count++] = slot;
        }

        _counts[slot] += count;
    }

    private void Grow()
    {
        long[] terms = _terms;
        int[] counts = _counts;
        int[] used = _used;
        int count = Count;
        _terms = new long[terms.Length * 2];
        _counts = new int[terms.Length * 2];
        _used = new int[terms.Length];
        Count = 0;
        foreach (int slot in used.AsSpan(0, count))
        {
            Add(terms[slot], counts[slot]);
        }
    }
}
