using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Builds a tree of many places at once: a box is halved at medians of its widest axis until its parts fit one node's children.</summary>
internal static unsafe class TreeBuilder
{
    // Three quarters, so that the first insertions do not split every node.
    private const int LeafTarget = Node.LeafCapacity * 3 / 4;
    private const int FanoutTarget = Node.Fanout * 3 / 4;

    /// <summary>The number of the root, or -1 when there is no memory; places are reordered.</summary>
    public static int Build(ref PointTree tree, Item* items, Entry* places, int count)
    {
        int level = 0;
        while (Capacity(level) < count)
        {
            level++;
        }

        return Build(ref tree, items, places, count, level);
    }

    private static int Build(ref PointTree tree, Item* items, Entry* places, int count, int level)
    {
        if (!tree.TryReserveNode())
        {
            return -1;
        }

        int node = tree.Take(level);
        if (level == 0)
        {
            for (int i = 0; i < count; i++)
            {
                tree.Append(items, node, places[i].Point, places[i].Head);
            }

            return node;
        }

        long capacity = Capacity(level - 1);
        int parts = (int)((count + capacity - 1) / capacity);
        return AdoptParts(ref tree, items, places, count, parts, node, level) ? node : -1;
    }

    private static bool AdoptParts(ref PointTree tree, Item* items, Entry* places, int count, int parts, int parent, int level)
    {
        if (parts == 1)
        {
            int child = Build(ref tree, items, places, count, level - 1);
            if (child < 0)
            {
                return false;
            }

            tree.Adopt(parent, child);
            return true;
        }

        int lowerParts = parts / 2;
        int lowerCount = (int)((long)count * lowerParts / parts);
        Select(places, count, lowerCount, WidestAxis(places, count));
        return AdoptParts(ref tree, items, places, lowerCount, lowerParts, parent, level)
            && AdoptParts(ref tree, items, places + lowerCount, count - lowerCount, parts - lowerParts, parent, level);
    }

    /// <summary>How many places a subtree is meant to hold; enough at once for any int.</summary>
    private static long Capacity(int level)
    {
        long capacity = LeafTarget;
        for (int i = 0; i < level; i++)
        {
            capacity *= FanoutTarget;
        }

        return capacity;
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
                    (*i, *j) = (*j, *i);
                    i++;
                    j--;
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

    /// <summary>A place and the oldest point there.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public Point5 Point;
        public int Head;
    }
}
