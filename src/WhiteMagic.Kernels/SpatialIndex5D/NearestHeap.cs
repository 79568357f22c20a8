using System;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// The nearest items so far: a heap with the worst on top in the two spans of the result, where items stand in for ids until
/// <see cref="Finish"/>. Worse is farther, or equally far and younger.
/// </summary>
internal unsafe ref struct NearestHeap
{
    private readonly Item* _items;
    private readonly Span<int> _heap;
    private readonly Span<float> _distances;
    private int _count;

    public NearestHeap(Item* items, Span<int> ids, Span<float> distances, float limit)
    {
        _items = items;
        _heap = ids;
        _distances = distances;
        Limit = limit;
    }

    /// <summary>Nothing farther can enter.</summary>
    public float Limit { get; private set; }

    /// <summary>Offers an item at most as far as the first limit; false when it did not enter.</summary>
    public bool Offer(float distance, int item)
    {
        if (_count < _heap.Length)
        {
            SiftUp(_count++, distance, item);
        }
        else if (IsWorse(_distances[0], _heap[0], distance, item))
        {
            SiftDown(_count, distance, item);
        }
        else
        {
            return false;
        }

        if (_count == _heap.Length)
        {
            Limit = _distances[0];
        }

        return true;
    }

    /// <summary>Sorts the result, best first, and returns how many there are.</summary>
    public int Finish()
    {
        for (int end = _count - 1; end > 0; end--)
        {
            float distance = _distances[end];
            int item = _heap[end];
            _distances[end] = _distances[0];
            _heap[end] = _heap[0];
            SiftDown(end, distance, item);
        }

        for (int i = 0; i < _count; i++)
        {
            _heap[i] = _items[_heap[i]].Id;
        }

        return _count;
    }

    private readonly bool IsWorse(float distance, int item, float thanDistance, int thanItem) =>
        distance > thanDistance || (distance == thanDistance && _items[item].Order > _items[thanItem].Order);

    private readonly void SiftUp(int at, float distance, int item)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!IsWorse(distance, item, _distances[parent], _heap[parent]))
            {
                break;
            }

            _distances[at] = _distances[parent];
            _heap[at] = _heap[parent];
            at = parent;
        }

        _distances[at] = distance;
        _heap[at] = item;
    }

    /// <summary>Puts an item in the place of the top of a heap of <paramref name="count"/>.</summary>
    private readonly void SiftDown(int count, float distance, int item)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && IsWorse(_distances[child + 1], _heap[child + 1], _distances[child], _heap[child]))
            {
                child++;
            }

            if (!IsWorse(_distances[child], _heap[child], distance, item))
            {
                break;
            }

            _distances[at] = _distances[child];
            _heap[at] = _heap[child];
            at = child;
        }

        _distances[at] = distance;
        _heap[at] = item;
    }
}
