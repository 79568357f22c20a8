using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>The best hits offered so far: a heap whose root is the worst of them.</summary>
internal ref struct HitHeap(Span<SearchHit> room)
{
    private readonly Span<SearchHit> _heap = room;
    private int _count;

    public void Offer(in SearchHit hit)
    {
        if (_count < _heap.Length)
        {
            int at = _count++;
            while (at > 0 && hit.IsAfter(_heap[(at - 1) / 2]))
            {
                _heap[at] = _heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }

            _heap[at] = hit;
        }
        else if (_count > 0 && _heap[0].IsAfter(hit))
        {
            Sink(hit, _count);
        }
    }

    /// <summary>Puts the best first and returns the number of hits. None may be offered afterwards.</summary>
    public readonly int Sort()
    {
        for (int end = _count - 1; end > 0; end--)
        {
            SearchHit worst = _heap[0];
            Sink(_heap[end], end);
            _heap[end] = worst;
        }

        return _count;
    }

    // Puts a hit in the root's place and moves it down among the first `count`.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Sink(SearchHit hit, int count)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child + 1 < count && _heap[child + 1].IsAfter(_heap[child]))
            {
                child++;
            }

            if (child >= count || !_heap[child].IsAfter(hit))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = hit;
    }
}
