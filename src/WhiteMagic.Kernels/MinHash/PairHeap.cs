using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>The best pairs offered so far, in the caller's room: fixed ones first, then a heap whose root is the worst of the others.</summary>
internal ref struct PairHeap(Span<SimilarPair> room)
{
    private Span<SimilarPair> _heap = room;
    private int _count;

    /// <summary>Number of pairs that were written by <see cref="Fix"/>.</summary>
    public int FixedCount { get; private set; }

    /// <summary>Appends a pair that no pair to come is better than; false when there is no room.</summary>
    public bool Fix(in SimilarPair pair)
    {
        if (_heap.Length == 0)
        {
            return false;
        }

        _heap[0] = pair;
        _heap = _heap[1..];
        FixedCount++;
        return true;
    }

    /// <summary>Takes a pair if there is room or a worse one to put out; false when it is not among the best.</summary>
    public bool Offer(in SimilarPair pair)
    {
        if (_count < _heap.Length)
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

        if (_heap.Length == 0 || !_heap[0].IsAfter(pair))
        {
            return false;
        }

        Sink(pair, _count);
        return true;
    }

    /// <summary>Puts the best first and returns the number of all pairs. No pair may be offered afterwards.</summary>
    public readonly int Sort()
    {
        for (int end = _count - 1; end > 0; end--)
        {
            SimilarPair worst = _heap[0];
            Sink(_heap[end], end);
            _heap[end] = worst;
        }

        return FixedCount + _count;
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
