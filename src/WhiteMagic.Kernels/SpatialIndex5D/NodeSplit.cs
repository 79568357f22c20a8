namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Decides how a full node is divided: in halves along the axis that leaves the two boxes smallest.</summary>
internal static unsafe class NodeSplit
{
    /// <summary>A bit for each entry of the half with the higher coordinates (of boxes: centres).</summary>
    public static uint UpperHalf(Node* node)
    {
        float* box = stackalloc float[2 * Point5.AxisCount];
        uint best = 0;
        float bestSize = 0;
        for (int axis = 0; axis < Point5.AxisCount; axis++)
        {
            uint upper = UpperHalf(node, Node.Columns(node) + (axis * Node.LeafCapacity));
            float size = Node.Bound(node, upper, box) + Node.Bound(node, ~upper, box);
            if (best == 0 || size < bestSize)
            {
                best = upper;
                bestSize = size;
            }
        }

        return best;
    }

    /// <summary>The entries with at least half of the entries before them, by the values of a column and then by number.</summary>
    private static uint UpperHalf(Node* node, float* column)
    {
        float* highest = column + node->HighColumn;
        uint upper = 0;
        for (int i = 0; i < node->Count; i++)
        {
            // Halves, because the sum of two large floats overflows.
            float key = (column[i] * 0.5f) + (highest[i] * 0.5f);
            int before = 0;
            for (int j = 0; j < node->Count; j++)
            {
                float other = (column[j] * 0.5f) + (highest[j] * 0.5f);
                before += other < key || (other == key && j < i) ? 1 : 0;
            }

            upper |= before >= node->Count / 2 ? 1u << i : 0;
        }

        return upper;
    }
}
