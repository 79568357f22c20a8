using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// Builds a tree of many places at once: they are ordered by halving them at medians of their widest axis, so that neighbours in the order are
/// neighbours in space, and packed into leaves and nodes from the bottom up.
/// </summary>
internal static unsafe class TreeBuilder
{
    // Three quarters, so that the first insertions do not split every leaf.
    private const int LeafTarget = Node.LeafCapacity * 3 / 4;

    /// <summary>Fills an empty tree; false when there is no memory. Places are reordered.</summary>
    public static bool TryBuild(ref PointTree tree, Item* items, Entry* places, int count)
    {
        // At most a fifteenth of the leaves, and one a level.
        int leafCount = (count / LeafTarget) + 1;
        if (!tree.TryReserve(leafCount + (leafCount / 8) + PointTree.LevelsMost))
        {
            return false;
        }

        Order(places, count);
        int level = 0;
        int end = 0;
        for (int i = 0; i < count; i++)
        {
            if (i % LeafTarget == 0)
            {
                end = tree.Take(level) + 1;
            }

            tree.Append(items, end - 1, (float*)&places[i].Point, places[i].Head);
        }

        // The tree was empty, so nodes are numbered in the order of making.
        for (int first = 0; end - first > 1; level++)
        {
            int levelEnd = end;
            for (int i = first; i < levelEnd; i++)
            {
                if ((i - first) % Node.Fanout == 0)
                {
                    end = tree.Take(level + 1) + 1;
                }

                tree.Adopt(end - 1, i);
            }

            first = levelEnd;
        }

        tree.SetRoot(end - 1);
        return true;
    }

    // SAFETY (all below): pointers stay within the count of places given; selection stops at places equal to the pivot on both sides.

    /// <summary>Halves until parts fit a leaf, at powers of two of leaves, so that full nodes hold what was halved last.</summary>
    private static void Order(Entry* places, int count)
    {
        while (count > LeafTarget)
        {
            int lower = LeafTarget;
            while (lower < count - lower)
            {
                lower *= 2;
            }

            Select(places, count, lower, WidestAxis(places, count));
            Order(places, lower);
            places += lower;
            count -= lower;
        }
    }

    private static int WidestAxis(Entry* places, int count)
    {
        int widest = 0;
        float extent = -1;
        for (int axis = 0; axis < Point5.AxisCount; axis++)
        {
            float low = float.PositiveInfinity;
            float high = float.NegativeInfinity;
            for (int i = 0; i < count; i++)
            {
                float value = places[i].Point.On(axis);
                low = value < low ? value : low;
                high = value > high ? value : high;
            }

            if (high - low > extent)
            {
                widest = axis;
                extent = high - low;
            }
        }

        return widest;
    }

    /// <summary>Hoare's selection: afterwards no place below <paramref name="at"/> is higher on the axis than one from there on.</summary>
    private static void Select(Entry* places, int count, int at, int axis)
    {
        Entry* low = places;
        Entry* high = places + count - 1;
        Entry* wanted = places + at;
        while (low < high)
        {
            float pivot = low[(high - low) / 2].Point.On(axis);
            Entry* i = low;
            Entry* j = high;
            while (i <= j)
            {
                while (i->Point.On(axis) < pivot)
                {
                    i++;
                }

                while (j->Point.On(axis) > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    Swap((int*)i++, (int*)j--);
                }
            }

            if (wanted <= j)
            {
                high = j;
            }
            else if (wanted >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }

    // Word by word, which is a quarter of the code of a swap of structs.
    private static void Swap(int* a, int* b)
    {
        for (int i = 0; i < sizeof(Entry) / sizeof(int); i++)
        {
            (a[i], b[i]) = (b[i], a[i]);
        }
    }

    /// <summary>A place and the oldest point there.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public Point5 Point;
        public int Head;
    }
}
