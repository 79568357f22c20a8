using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// Exact nearest neighbours among points in five dimensions, by squared Euclidean distance and then by the order of insertion. It owns memory
/// that <see cref="Free"/> gives back; it must not be copied, and serves one thread at a time. The default value is an empty index.
/// </summary>
public unsafe struct SpatialIndex
{
    private Item* _items;
    private int _count;
    private int _capacity;

    /// <summary>Number of points.</summary>
    public readonly int Count => _count;

    /// <summary>
    /// Puts the point <paramref name="id"/> at a place; a point of this id that is there already moves and counts as inserted last.
    /// Returns 0, or <see cref="KernelError.InvalidArgument"/> for an infinite or NaN coordinate, or
    /// <see cref="KernelError.OutOfMemory"/>; after an error nothing has changed.
    /// </summary>
    public int TryInsert(int id, in Point5 point)
    {
        if (!point.IsFinite)
        {
            return KernelError.InvalidArgument;
        }

        if (_count == _capacity)
        {
            int capacity = Math.Max(16, _capacity * 2);
            Item* items = (Item*)KernelMemory.TryAllocate((uint)(capacity * sizeof(Item)));
            if (items == null)
            {
                return KernelError.OutOfMemory;
            }

            // SAFETY: both blocks have room for _count items.
            new ReadOnlySpan<Item>(_items, _count).CopyTo(new Span<Item>(items, _count));
            KernelMemory.Free(_items);
            _items = items;
            _capacity = capacity;
        }

        Remove(id);
        _items[_count++] = new Item { Id = id, Point = point };
        return 0;
    }

    /// <summary>Takes the point away; false when there is none of this id.</summary>
    public bool Remove(int id)
    {
        for (int i = 0; i < _count; i++)
        {
            // SAFETY: i is below _count, which is at most _capacity.
            if (_items[i].Id == id)
            {
                new Span<Item>(_items + i + 1, _count - i - 1).CopyTo(new Span<Item>(_items + i, _count - i - 1));
                _count--;
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Replaces everything by the given points, as if they were inserted one after the other, but faster. Returns 0 or an error of
    /// <see cref="TryInsert"/>; after <see cref="KernelError.InvalidArgument"/> nothing has changed, after
    /// <see cref="KernelError.OutOfMemory"/> the index is empty.
    /// </summary>
    public int TryBuild(ReadOnlySpan<int> ids, ReadOnlySpan<Point5> points)
    {
        if (ids.Length != points.Length)
        {
            return KernelError.InvalidArgument;
        }

        for (int i = 0; i < points.Length; i++)
        {
            if (!points[i].IsFinite)
            {
                return KernelError.InvalidArgument;
            }
        }

        Clear();
        for (int i = 0; i < points.Length; i++)
        {
            int result = TryInsert(ids[i], points[i]);
            if (result < 0)
            {
                Clear();
                return result;
            }
        }

        return 0;
    }

    /// <summary>
    /// Writes the nearest points, as many as <paramref name="ids"/> takes, nearest first, and returns how many; both spans have one length.
    /// <paramref name="distances"/> are squared. <see cref="KernelError.InvalidArgument"/> for an infinite or NaN coordinate or unequal spans.
    /// </summary>
    public readonly int Nearest(in Point5 at, Span<int> ids, Span<float> distances) => Query(at, float.PositiveInfinity, ids, distances);

    /// <summary>
    /// As <see cref="Nearest"/>, but only points within <paramref name="radius"/>: those whose squared distance is at most radius * radius, all
    /// in float. <see cref="KernelError.InvalidArgument"/> also for a negative or NaN radius.
    /// </summary>
    public readonly int Within(in Point5 at, float radius, Span<int> ids, Span<float> distances) =>
        radius >= 0 ? Query(at, radius * radius, ids, distances) : KernelError.InvalidArgument;

    /// <summary>Forgets all points and keeps the memory.</summary>
    public void Clear() => _count = 0;

    /// <summary>Gives all memory back; the index is empty and can be used again.</summary>
    public void Free()
    {
        KernelMemory.Free(_items);
        this = default;
    }

    private readonly int Query(in Point5 at, float limit, Span<int> ids, Span<float> distances)
    {
        if (!at.IsFinite || ids.Length != distances.Length)
        {
            return KernelError.InvalidArgument;
        }

        int found = 0;
        for (int i = 0; i < _count; i++)
        {
            // SAFETY: i is below _count.
            float distance = Point5.SquaredDistance(at, _items[i].Point);
            if (!(distance <= limit))
            {
                continue;
            }

            int place = found;
            while (place > 0 && distances[place - 1] > distance)
            {
                place--;
            }

            if (place == ids.Length)
            {
                continue;
            }

            found = Math.Min(found + 1, ids.Length);
            int moved = found - place - 1;
            ids.Slice(place, moved).CopyTo(ids.Slice(place + 1, moved));
            distances.Slice(place, moved).CopyTo(distances.Slice(place + 1, moved));
            ids[place] = _items[i].Id;
            distances[place] = distance;
        }

        return found;
    }

    private struct Item
    {
        public int Id;
        public Point5 Point;
    }
}
