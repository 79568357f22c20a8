using System;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Search;

/// <summary>
/// The terms of all segments and about how many memories have each: what is known when a word of a query is not. Made when it is first needed,
/// 8 to 16 bytes a term, and completed with the segments that came since.
/// </summary>
internal sealed class Vocabulary
{
    private const int CountBits = 64 - TermCounts.TermBits;
    private const long MostCount = (1L << CountBits) - 1;
    private const int SmallestCapacity = 1024;

    // The term above the count; 0 is free, since no count is.
    private ulong[] _slots = new ulong[SmallestCapacity];
    private int _used;
    private long _segment;

    internal void Clear()
    {
        _slots = new ulong[SmallestCapacity];
        (_used, _segment) = (0, 0);
    }

    /// <summary>Reads the segments that came since. What was merged or removed counts twice or still: only the order of magnitude matters.</summary>
    internal void Refresh(Connection connection)
    {
        long newest = connection.ScalarInt64("SELECT segment FROM search_state");
        if (newest == _segment)
        {
            return;
        }

        Statement s = connection.Prepare("SELECT key, block FROM search_postings WHERE key >= ?1").Bind(1, PostingBlocks.KeyOf(_segment + 1, 0));
        while (s.Step())
        {
            var reader = new BlockReader(s.Blob(1), PostingBlocks.TermOf(s.Int64(0)));
            while (reader.Next())
            {
                Add(reader.Term, reader.Count);
            }
        }

        _segment = newest;
    }

    /// <summary>About how many memories have a term; 0 when none has.</summary>
    internal long CountOf(long term)
    {
        int mask = _slots.Length - 1;
        for (int at = (int)term & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if ((long)(_slots[at] >> CountBits) == term)
            {
                return (long)(_slots[at] & MostCount);
            }
        }

        return 0;
    }

    private void Add(long term, long count)
    {
        if (count <= 0)
        {
            return;
        }

        if (_used >= _slots.Length / 4 * 3)
        {
            ulong[] before = _slots;
            _slots = new ulong[before.Length * 2];
            _used = 0;
            foreach (ulong slot in before)
            {
                Add((long)(slot >> CountBits), (long)(slot & MostCount));
            }
        }

        int mask = _slots.Length - 1;
        int at = (int)term & mask;
        while (_slots[at] != 0 && (long)(_slots[at] >> CountBits) != term)
        {
            at = (at + 1) & mask;
        }

        _used += _slots[at] == 0 ? 1 : 0;
        long all = Math.Min(MostCount, (long)(_slots[at] & MostCount) + count);
        _slots[at] = ((ulong)term << CountBits) | (ulong)all;
    }
}
