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
            visits[count++] = new Visit { Distance = 0, Node = tree.Root };
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
            if (node->IsLeaf)
            {
                ScanLeaf(node, items, from, ref heap);
            }
            else
            {
                count = PushChildren(node, from, heap.Limit, visits, count);
            }
        }
    }

    [SkipLocalsInit]
    private static int PushChildren(Node* node, BoxDistance from, float limit, Visit* visits, int count)
    {
        float* distances = stackalloc float[BoxDistance.Lanes];
        int bottom = count;
        for (int first = 0; first < node->Count; first += BoxDistance.Lanes)
        {
            Vector128<float> four = from.ToBoxes(Node.Columns(node) + first);
            uint within = Vector128.LessThanOrEqual(four, Vector128.Create(limit)).ExtractMostSignificantBits() & Valid(node->Count - first);
            if (within == 0)
            {
                continue;
            }

            four.Store(distances);
            for (; within != 0; within &= within - 1)
            {
                int lane = BitOperations.TrailingZeroCount(within);
                float distance = distances[lane];
                int place = count++;
                for (; place > bottom && visits[place - 1].Distance < distance; place--)
                {
                    visits[place] = visits[place - 1];
                }

                visits[place] = new Visit { Distance = distance, Node = Node.Entries(node)[first + lane] };
            }
        }

        return count;
    }

    [SkipLocalsInit]
    private static void ScanLeaf(Node* node, Item* items, BoxDistance from, ref NearestHeap heap)
    {
        float* distances = stackalloc float[BoxDistance.Lanes];
        for (int first = 0; first < node->Count; first += BoxDistance.Lanes)
        {
            Vector128<float> four = from.ToPoints(Node.Columns(node) + first);
            uint within = Vector128.LessThanOrEqual(four, Vector128.Create(heap.Limit)).ExtractMostSignificantBits() & Valid(node->Count - first);
            if (within == 0)
            {
                continue;
            }

            four.Store(distances);
            for (; within != 0; within &= within - 1)
            {
                int lane = BitOperations.TrailingZeroCount(within);
                int entry = Node.Entries(node)[first + lane];
                if (entry >= 0)
                {
                    heap.Offer(distances[lane], entry);
                }
                else
                {
                    OfferRing(items, distances[lane], ~entry, ref heap);
                }
            }
        }
    }

    /// <summary>Offers the points of one place, oldest first; when one does not enter, no younger one does.</summary>
    private static void OfferRing(Item* items, float distance, int head, ref NearestHeap heap)
    {
        int item = head;
        do
        {
            if (!heap.Offer(distance, item))
            {
                return;
            }

            item = items[item].Next;
        }
        while (item != head);
    }

    /// <summary>Bits of the lanes that hold entries when <paramref name="left"/> of them are left.</summary>
    private static uint Valid(int left) => left >= BoxDistance.Lanes ? 0xF : (1u << left) - 1;

    private struct Visit
    {
        public float Distance;
        public int Node;
    }
}
