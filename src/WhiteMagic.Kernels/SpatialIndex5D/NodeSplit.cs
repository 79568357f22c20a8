namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Decides how a full node is divided: in halves along the axis that leaves the two boxes smallest.</summary>
internal static unsafe class NodeSplit
{
    /// <summary>A bit for each entry of the half with the higher coordinates (of boxes: centres).</summary>
    public static uint UpperHalf(Node* node)
    {
        uint best = 0;
        float bestSize = float.PositiveInfinity;
        for (int axis = 0; axis < Point5.AxisCount; axis++)
        {
            uint upper = UpperHalf(node, Node.Columns(node) + (axis * Node.LeafCapacity));
            float size = Size(node, upper) + Size(node, ~upper);
            if (size < bestSize || best == 0)
            {
                best = upper;
                bestSize = size;
            }
        }

        return best;
    }

    private static uint UpperHalf(Node* node, float* column)
    {
        int highColumn = node->IsLeaf ? 0 : Node.Fanout;
        float* keys = stackalloc float[Node.LeafCapacity];
        int* entries = stackalloc int[Node.LeafCapacity];
        for (int i = 0; i < node->Count; i++)
        {
            // Halves, because the sum of two large floats overflows.
            float key = (column[i] * 0.5f) + (column[i + highColumn] * 0.5f);
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                keys[at] = keys[at - 1];
                entries[at] = entries[at - 1];
            }

            keys[at] = key;
            entries[at] = i;
        }

        uint upper = 0;
        for (int rank = node->Count / 2; rank < node->Count; rank++)
        {
            upper |= 1u << entries[rank];
        }

        return upper;
    }

    /// <summary>Half the circumference of the box around some entries.</summary>
    private static float Size(Node* node, uint entries)
    {
        int highColumn = node->IsLeaf ? 0 : Node.Fanout;
        float* low = Node.Columns(node);
        float size = 0;
        for (int axis = 0; axis < Point5.AxisCount; axis++, low += Node.LeafCapacity)
        {
            float lowest = float.PositiveInfinity;
            float highest = float.NegativeInfinity;
            for (int i = 0; i < node->Count; i++)
            {
                if ((entries >> i & 1) != 0)
                {
                    lowest = low[i] < lowest ? low[i] : lowest;
                    highest = low[i + highColumn] > highest ? low[i + highColumn] : highest;
                }
            }

            size += highest - lowest;
        }

        return size;
    }
}
