using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>The best pairs offered so far, in the caller's room: fixed ones first, then a heap whose root is the worst of the others.</summary>
internal unsafe struct PairHeap(SimilarPair* room, int roomCount)
{
    // SAFETY: the room has roomCount pairs; _heap moves up by what is fixed, and _count stays within what is left.
    private SimilarPair* _heap = room;
    private int _roomLeft = roomCount;
    private int _count;

    /// <summary>Whether fixed pairs take all the room.</summary>
    public readonly bool IsFull => _roomLeft == 0;

    /// <summary>Appends a pair that no pair to come is better than; false when there is no room.</summary>
    public bool Fix(in SimilarPair pair)
    {
        if (_roomLeft == 0)
        {
            return false;
        }

        *_heap++ = pair;
        _roomLeft--;
        return true;
    }

    /// <summary>Takes a pair if there is room or a worse one to put out; false when it is not among the best. Some room must be left.</summary>
    public bool Offer(in SimilarPair pair)
    {
        if (_count < _roomLeft)
        {
            int at = _count++;
            while (at > 0 && pair.IsAfter(_heap[(at - 1) / 2]))
            {
                _heap[at] = _heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }

            _heap[at] = pair;
            return true;
        }

        if (!_heap[0].IsAfter(pair))
        {
            return false;
        }

        Sink(pair, _count);
        return true;
    }

    /// <summary>Puts the best first and returns the number of all pairs. No pair may be offered afterwards.</summary>
    public readonly int Sort(SimilarPair* room)
    {
        for (int end = _count - 1; end > 0; end--)
        {
            SimilarPair worst = _heap[0];
            Sink(_heap[end], end);
            _heap[end] = worst;
        }

        return (int)(_heap - room) + _count;
    }

    // Puts a pair in the root's place and moves it down among the first `count`.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Sink(SimilarPair pair, int count)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child + 1 < count && _heap[child + 1].IsAfter(_heap[child]))
            {
                child++;
            }

            if (child >= count || !_heap[child].IsAfter(pair))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = pair;
    }
}
