namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>Decides how a full node is divided.</summary>
internal static unsafe class NodeSplit
{
    /// <summary>A bit for each entry of the half with the higher coordinates (of boxes: centres) on the axis where they spread most.</summary>
    public static uint UpperHalf(Node* node)
    {
        float* column = WidestColumn(node);
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

    /// <summary>The first column of the axis on which the entries' extent is largest.</summary>
    private static float* WidestColumn(Node* node)
    {
        float* box = stackalloc float[2 * Node.Axes];
        Node.Bound(node, box);
        int widest = 0;
        for (int axis = 1; axis < Node.Axes; axis++)
        {
            if (box[(2 * axis) + 1] - box[2 * axis] > box[(2 * widest) + 1] - box[2 * widest])
            {
                widest = axis;
            }
        }

        return Node.Columns(node) + (widest * Node.LeafCapacity);
    }
}
