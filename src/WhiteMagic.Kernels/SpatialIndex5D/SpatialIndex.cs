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
//   build:   halve all places at the median of the widest axis until parts fit; nodes are three quarters full
//   query:   stack = root
//            while there is a node on the stack: skip it if its box is farther than the worst of k
//              leaf:  offer places that are not farther, of a ring the oldest items first, to a heap of k
//              inner: push children that are not farther, nearest on top
//
// Exactness: rounding is monotonic, so a box's distance, computed as points' are, is never above that of a point inside. Nothing needs slack.
// Cost: a query is some thirty leaves at a million points, 15 us; an insertion 2 us; about 110 bytes a point.
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
        int number = AddItem(id, _inserted++);
        uint hash = Hash.Of(point);
        int head = FindHead(hash, point, null);
        if (head >= 0)
        {
            Link(Items, head, number);
            _tree.SetHead(Items, Items[head].Place, head);
        }
        else
        {
            _headsByPlace.Add(hash, number);
            _tree.Insert(Items, point, number);
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

        Clear();
        if (points.Length == 0)
        {
            return 0;
        }

        ulong bytes = (ulong)points.Length * (ulong)sizeof(TreeBuilder.Entry);
        TreeBuilder.Entry* places = bytes > uint.MaxValue ? null : (TreeBuilder.Entry*)KernelMemory.TryAllocate((uint)bytes);
        bool built = places != null && TryReserve(points.Length) && TryBuild(ids, points, places);
        KernelMemory.Free(places);
        if (!built)
        {
            Clear();
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

    private bool TryBuild(ReadOnlySpan<int> ids, ReadOnlySpan<Point5> points, TreeBuilder.Entry* places)
    {
        // From the last on, since of several points with one id the last counts. While building, the place of a head is the number of its entry.
        Item* items = Items;
        int placeCount = 0;
        for (int i = ids.Length - 1; i >= 0; i--)
        {
            if (Find(ids[i]) >= 0)
            {
                continue;
            }

            int number = AddItem(ids[i], _inserted + (uint)i);
            uint hash = Hash.Of(points[i]);
            int head = FindHead(hash, points[i], places);
            if (head < 0)
            {
                _headsByPlace.Add(hash, number);
                items[number].Place = placeCount++;
                places[items[number].Place].Point = points[i];
            }
            else
            {
                Link(items, head, number);
                _headsByPlace.Replace(hash, head, number);
                items[number].Place = items[head].Place;
                items[head].Place = Item.NotHead;
            }

            places[items[number].Place].Head = number;
        }

        _inserted += (uint)ids.Length;
        return TreeBuilder.TryBuild(ref _tree, items, places, placeCount);
    }

    /// <summary>Adds an item that is alone at its place, for the id only.</summary>
    private int AddItem(int id, ulong order)
    {
        int number = _items.Take(sizeof(Item));
        Items[number] = new Item { Order = order, Id = id, Next = number, Previous = number, Place = Item.NotHead };
        _itemsById.Add(Hash.Of((uint)id), number);
        return number;
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
        Item item = items[number];
        items[item.Previous].Next = item.Next;
        items[item.Next].Previous = item.Previous;
        if (item.Place != Item.NotHead)
        {
            uint hash = _tree.HashAt(item.Place);
            if (item.Next == number)
            {
                _headsByPlace.Remove(hash, number);
                _tree.Remove(items, item.Place);
                return;
            }

            _headsByPlace.Replace(hash, number, item.Next);
            _tree.SetHead(items, item.Place, item.Next);
        }
        else if (items[item.Next].Next == item.Next)
        {
            // Only the head is left.
            _tree.SetHead(items, items[item.Next].Place, item.Next);
        }
    }

    private readonly int Find(int id)
    {
        // Different ids have different hashes, so the first is the one.
        uint hash = Hash.Of((uint)id);
        uint cursor = hash;
        return _itemsById.Next(hash, ref cursor);
    }

    /// <summary>The head at a place, or -1; places of heads are in the tree or, while building, among <paramref name="entries"/>.</summary>
    private readonly int FindHead(uint hash, in Point5 place, TreeBuilder.Entry* entries)
    {
        uint cursor = hash;
        while (true)
        {
            int head = _headsByPlace.Next(hash, ref cursor);
            if (head < 0)
            {
                return head;
            }

            int at = Items[head].Place;
            int stride = entries == null ? Node.LeafCapacity : 1;
            float* coordinate = entries == null ? _tree.Column(at) : (float*)(entries + at);
            int axis = 0;
            while (axis < Point5.AxisCount && *coordinate == place.On(axis))
            {
                axis++;
                coordinate += stride;
            }

            if (axis == Point5.AxisCount)
            {
                return head;
            }
        }
    }
}
