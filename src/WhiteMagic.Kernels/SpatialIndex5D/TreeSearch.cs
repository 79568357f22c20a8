using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Walks the tree depth first, nearest box first, and passes by what lies beyond the heap's limit.</summary>
internal static unsafe class TreeSearch
{
    private const int VisitsMost = (PointTree.LevelsMost * (Node.Fanout - 1)) + 1;

    [SkipLocalsInit]
    public static void Run(in PointTree tree, Item* items, in Point5 at, ref NearestHeap heap)
    {
        // SAFETY: a level leaves at most all but one of its entries on the stack, and there are at most LevelsMost levels.
        Visit* visits = stackalloc Visit[VisitsMost];
        int count = 0;
        if (tree.Root >= 0)
        {
            visits[0].Distance = 0;
            visits[0].Node = tree.Root;
            count = 1;
        }

        var from = new BoxDistance(at);
        while (count > 0)
        {
            Visit visit = visits[--count];
            if (!(visit.Distance <= heap.Limit))
            {
                continue;
            }

            Node* node = tree.Nodes + visit.Node;
            if (!Vector128.IsHardwareAccelerated)
            {
                count = VisitInScalars(node, items, at, ref heap, visits, count);
            }
            else if (node->IsLeaf)
            {
                ScanLeaf(node, items, from, ref heap);
            }
            else
            {
                count = PushChildren(node, from, heap.Limit, visits, count);
            }
        }
    }

    /// <summary>The shorter way for the scalar build.</summary>
    private static int VisitInScalars(Node* node, Item* items, in Point5 at, ref NearestHeap heap, Visit* visits, int count)
    {
        int bottom = count;
        for (int entry = 0; entry < node->Count; entry++)
        {
            float* x = Node.Columns(node) + entry;
            int link = Node.Entries(node)[entry];
            if (node->IsLeaf)
            {
                float distance = BoxDistance.ToPoint(x, at);
                if (distance <= heap.Limit)
                {
                    Offer(items, distance, link, ref heap);
                }
            }
            else
            {
                float distance = BoxDistance.ToBox(x, at);
                if (distance <= heap.Limit)
                {
                    Push(visits, bottom, count++, distance, link);
                }
            }
        }

        return count;
    }

    // Not inlined, so that a small module is still fast here.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int PushChildren(Node* node, in BoxDistance from, float limit, Visit* visits, int count)
    {
        float* distances = stackalloc float[BoxDistance.Lanes];
        int bottom = count;
        for (int first = 0; first < node->Count; first += BoxDistance.Lanes)
        {
            Vector128<float> four = from.ToBoxes(Node.Columns(node) + first);
            uint within = Within(four, limit, node->Count - first);
            if (within == 0)
            {
                continue;
            }

            four.Store(distances);
            for (; within != 0; within &= within - 1)
            {
                int lane = BitOperations.TrailingZeroCount(within);
                Push(visits, bottom, count++, distances[lane], Node.Entries(node)[first + lane]);
            }
        }

        return count;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ScanLeaf(Node* node, Item* items, in BoxDistance from, ref NearestHeap heap)
    {
        float* distances = stackalloc float[BoxDistance.Lanes];
        for (int first = 0; first < node->Count; first += BoxDistance.Lanes)
        {
            Vector128<float> four = from.ToPoints(Node.Columns(node) + first);
            uint within = Within(four, heap.Limit, node->Count - first);
            if (within == 0)
            {
                continue;
            }

            four.Store(distances);
            for (; within != 0; within &= within - 1)
            {
                int lane = BitOperations.TrailingZeroCount(within);
                Offer(items, distances[lane], Node.Entries(node)[first + lane], ref heap);
            }
        }
    }

    /// <summary>A bit for each of at most four lanes that is not beyond the limit; <paramref name="left"/> entries are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Within(Vector128<float> four, float limit, int left)
    {
        uint valid = left >= BoxDistance.Lanes ? 0xF : (1u << left) - 1;
        return Vector128.LessThanOrEqual(four, Vector128.Create(limit)).ExtractMostSignificantBits() & valid;
    }

    /// <summary>Inserts a visit into those from <paramref name="bottom"/> on, the nearest last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Push(Visit* visits, int bottom, int place, float distance, int node)
    {
        for (; place > bottom && visits[place - 1].Distance < distance; place--)
        {
            visits[place] = visits[place - 1];
        }

        visits[place].Distance = distance;
        visits[place].Node = node;
    }

    /// <summary>Offers the points of one place, oldest first; when one does not enter, no younger one does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer(Item* items, float distance, int entry, ref NearestHeap heap)
    {
        int head = Node.HeadOf(entry);
        int item = head;
        while (heap.Offer(distance, item) && entry < 0)
        {
            item = items[item].Next;
            if (item == head)
            {
                break;
            }
        }
    }

    private struct Visit
    {
        public float Distance;
        public int Node;
    }
}
