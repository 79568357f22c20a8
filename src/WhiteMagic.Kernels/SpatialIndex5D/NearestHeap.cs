using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// The nearest items so far: a heap with the worst on top in the two spans of the result, where items stand in for ids until
/// <see cref="Finish"/>. Worse is farther, or equally far and younger.
/// </summary>
internal unsafe ref struct NearestHeap
{
    private readonly Item* _items;

    // SAFETY: the first of as many as _capacity in both spans; a place in the heap is always below _count, which is at most _capacity.
    private readonly ref int _firstItem;
    private readonly ref float _firstDistance;
    private readonly int _capacity;
    private int _count;

    public NearestHeap(Item* items, Span<int> ids, Span<float> distances, float limit)
    {
        _items = items;
        _firstItem = ref MemoryMarshal.GetReference(ids);
        _firstDistance = ref MemoryMarshal.GetReference(distances);
        _capacity = ids.Length;
        Limit = limit;
    }

    /// <summary>Nothing farther can enter.</summary>
    public float Limit { get; private set; }

    /// <summary>Offers an item at most as far as the first limit; false when it did not enter.</summary>
    public bool Offer(float distance, int item)
    {
        if (_count < _capacity)
        {
            SiftUp(_count++, distance, item);
        }
        else if (IsWorse(DistanceAt(0), ItemAt(0), distance, item))
        {
            SiftDown(_count, distance, item);
        }
        else
        {
            return false;
        }

        if (_count == _capacity)
        {
            Limit = DistanceAt(0);
        }

        return true;
    }

    /// <summary>Sorts the result, best first, and returns how many there are.</summary>
    public int Finish()
    {
        for (int end = _count - 1; end > 0; end--)
        {
            float distance = DistanceAt(end);
            int item = ItemAt(end);
            DistanceAt(end) = DistanceAt(0);
            ItemAt(end) = ItemAt(0);
            SiftDown(end, distance, item);
        }

        for (int i = 0; i < _count; i++)
        {
            ItemAt(i) = _items[ItemAt(i)].Id;
        }

        return _count;
    }

    private readonly ref int ItemAt(int place) => ref Unsafe.Add(ref _firstItem, place);

    private readonly ref float DistanceAt(int place) => ref Unsafe.Add(ref _firstDistance, place);

    private readonly bool IsWorse(float distance, int item, float thanDistance, int thanItem) =>
        distance > thanDistance || (distance == thanDistance && _items[item].Order > _items[thanItem].Order);

    private readonly void SiftUp(int at, float distance, int item)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!IsWorse(distance, item, DistanceAt(parent), ItemAt(parent)))
            {
                break;
            }

            DistanceAt(at) = DistanceAt(parent);
            ItemAt(at) = ItemAt(parent);
            at = parent;
        }

        DistanceAt(at) = distance;
        ItemAt(at) = item;
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

            if (child + 1 < count && IsWorse(DistanceAt(child + 1), ItemAt(child + 1), DistanceAt(child), ItemAt(child)))
            {
                child++;
            }

            if (!IsWorse(DistanceAt(child), ItemAt(child), distance, item))
            {
                break;
            }

            DistanceAt(at) = DistanceAt(child);
            ItemAt(at) = ItemAt(child);
            at = child;
        }

        DistanceAt(at) = distance;
        ItemAt(at) = item;
    }
}
