using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

// Exact nearest neighbours among points that come, move and go.
//
// Problem: of up to millions of memories find the k nearest to a place, exactly and with ties decided, the same to the bit in every build;
// change one without rebuilding all; stay fast when thousands of them lie at one place, as memories without listed words do.
// Source: R-trees (A. Guttman, 1984), divided by circumference as in R*-trees (N. Beckmann et al., 1990); building by medians as in k-d trees
// (J. Friedman, J. Bentley, R. Finkel, 1977).
//
//   item:    id, order of insertion, ring of the items at its place; found by a hash of its id
//   place:   five coordinates and the oldest item of its ring; one slot of one leaf, found by a hash of its coordinates
//   tree:    leaves of 32 places, nodes of 16 boxes, both in columns, so that one vector holds a coordinate of four entries
//   insert:  at a place that is there, join its ring. Else go down to the nearest box, splitting full nodes on the way
//   remove:  leave the ring; the last of a place takes it out of its leaf, tightens the boxes above and drops nodes that are empty
//   build:   gather the places as insertions do, halve them at medians of the widest axis until parts fit a leaf, pack leaves three quarters full
//   query:   stack = root
//            while there is a node on the stack: skip it if its box is farther than the worst of k
//              leaf:  offer places that are not farther, of a ring the oldest items first, to a heap of k
//              inner: push children that are not farther, nearest on top
//
// Exactness: rounding is monotonic, so a box's distance, computed as points' are, is never above that of a point inside. Nothing needs slack.
// Cost: a query is some thirty leaves at a million points, 15 us; an insertion 3 us; about 100 bytes a point, twice that while memory doubles.
// Knowingly not optimal: nodes that lose entries are not joined until they are empty, and insertions leave boxes that overlap more than built
// ones (queries take up to twice as long). Bounds are computed by signs rather than by maxima, which is what scalar WebAssembly is best at.

/// <summary>
/// Exact nearest neighbours among points in five dimensions, by squared Euclidean distance and then by the order of insertion. It owns memory
/// that <see cref="Free"/> gives back; it must not be copied, and serves one thread at a time. The default value is an empty index.
/// </summary>
public unsafe struct SpatialIndex
{
    private Pool _items;
    private HashTable _itemsById;
    private HashTable _headsByPlace;
    private PointTree _tree;
    private ulong _inserted;

    private readonly Item* Items => (Item*)_items.Values;

    /// <summary>Number of points.</summary>
    public readonly int Count => _items.Count;

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

        if (!TryReserve(1) || !_tree.TryReserve())
        {
            return KernelError.OutOfMemory;
        }

        Remove(id);
        // SAFETY: the five coordinates of a point follow one another.
        fixed (float* place = &point.X)
        {
            Add(id, place);
        }

        return 0;
    }

    /// <summary>Takes the point away; false when there is none of this id.</summary>
    public bool Remove(int id)
    {
        int number = Find(id);
        if (number < 0)
        {
            return false;
        }

        Item* items = Items;
        Unlink(items, number);
        _itemsById.Remove(Hash.Of((uint)id), number);
        _items.GiveBack(number, sizeof(Item));
        return true;
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

        foreach (ref readonly Point5 point in points)
        {
            if (!point.IsFinite)
            {
                return KernelError.InvalidArgument;
            }
        }

        Free();
        bool isBuilt = TryReserve(points.Length) && _tree.TryBeginBuilding(points.Length);
        for (int i = 0; isBuilt && i < points.Length; i++)
        {
            TryInsert(ids[i], points[i]); // succeeds: all is reserved, and the places only gather
        }

        if (!isBuilt || !_tree.TryEndBuilding(Items))
        {
            Free();
            return KernelError.OutOfMemory;
        }

        return 0;
    }

    /// <summary>
    /// Writes the nearest points, as many as <paramref name="ids"/> takes, nearest first, and returns how many; both spans have one length.
    /// <paramref name="distances"/> are squared. <see cref="KernelError.InvalidArgument"/> for an infinite or NaN coordinate or unequal spans.
    /// </summary>
    public readonly int Nearest(in Point5 at, Span<int> ids, Span<float> distances) => Within(at, float.PositiveInfinity, ids, distances);

    /// <summary>
    /// As <see cref="Nearest"/>, but only points within <paramref name="radius"/>: those whose squared distance is at most radius * radius, all
    /// in float. <see cref="KernelError.InvalidArgument"/> also for a negative or NaN radius.
    /// </summary>
    public readonly int Within(in Point5 at, float radius, Span<int> ids, Span<float> distances)
    {
        if (!at.IsFinite || !(radius >= 0) || ids.Length != distances.Length)
        {
            return KernelError.InvalidArgument;
        }

        if (ids.Length == 0)
        {
            return 0;
        }

        var heap = new NearestHeap(Items, ids, distances, radius * radius);
        TreeSearch.Run(_tree, Items, at, ref heap);
        return heap.Finish();
    }

    /// <summary>Forgets all points and keeps the memory.</summary>
    public void Clear()
    {
        _items.Clear();
        _itemsById.Clear();
        _headsByPlace.Clear();
        _tree.Clear();
    }

    /// <summary>Gives all memory back; the index is empty and can be used again.</summary>
    public void Free()
    {
        _items.Free();
        _itemsById.Free();
        _headsByPlace.Free();
        _tree.Free();
    }

    private bool TryReserve(int count) => _items.TryReserve(count, sizeof(Item)) && _itemsById.TryReserve(count) && _headsByPlace.TryReserve(count);

    /// <summary>Adds a point of an id that is not there; all memory is reserved.</summary>
    private void Add(int id, float* place)
    {
        uint hash = Hash.Of(place, 1);
        int head = FindHead(hash, place);
        int number = _items.Take(sizeof(Item));
        Item* items = Items;
        Item* item = items + number;
        item->Order = _inserted++;
        item->Id = id;
        item->Next = number;
        item->Previous = number;
        item->Place = Item.NotHead;
        _itemsById.Add(Hash.Of((uint)id), number);
        if (head >= 0)
        {
            Link(items, head, number);
            _tree.SetHead(items, items[head].Place, head);
        }
        else
        {
            _headsByPlace.Add(hash, number);
            _tree.Insert(items, place, number);
        }
    }

    /// <summary>Makes an item the youngest in the ring of a head.</summary>
    private static void Link(Item* items, int head, int number)
    {
        int youngest = items[head].Previous;
        items[number].Next = head;
        items[number].Previous = youngest;
        items[youngest].Next = number;
        items[head].Previous = number;
    }

    /// <summary>Takes an item out of its ring, and its place out of the tree when it was alone.</summary>
    private void Unlink(Item* items, int number)
    {
        Item* item = items + number;
        int next = item->Next;
        items[item->Previous].Next = next;
        items[next].Previous = item->Previous;
        if (item->Place != Item.NotHead)
        {
            uint hash = Hash.Of(_tree.Coordinates(item->Place), _tree.Stride);
            if (next == number)
            {
                _headsByPlace.Remove(hash, number);
                _tree.Remove(items, item->Place);
                return;
            }

            _headsByPlace.Replace(hash, number, next);
            _tree.SetHead(items, item->Place, next);
        }
        else if (items[next].Next == next)
        {
            // Only the head is left.
            _tree.SetHead(items, items[next].Place, next);
        }
    }

    private readonly int Find(int id)
    {
        // Different ids have different hashes, so the first is the one.
        uint hash = Hash.Of((uint)id);
        uint cursor = hash;
        return _itemsById.Next(hash, ref cursor);
    }

    /// <summary>The head at a place, or -1.</summary>
    private readonly int FindHead(uint hash, float* place)
    {
        uint cursor = hash;
        while (true)
        {
            int head = _headsByPlace.Next(hash, ref cursor);
            if (head < 0)
            {
                return head;
            }

            float* coordinate = _tree.Coordinates(Items[head].Place);
            int axis = 0;
            while (axis < Point5.AxisCount && *coordinate == place[axis])
            {
                axis++;
                coordinate += _tree.Stride;
            }

            if (axis == Point5.AxisCount)
            {
                return head;
            }
        }
    }
}
