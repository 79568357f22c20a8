using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>
/// A leaf with places or an inner node with boxes of its children, in columns, so that four at a time fit a vector. A leaf has five columns of
/// coordinates; an inner node ten of half the length: lowest x, highest x, lowest y, and so on.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Node
{
    public const int Fanout = 16;

    public const int LeafCapacity = 2 * Fanout;

    private const int NumberCount = Point5.AxisCount * LeafCapacity;

    private Numbers _numbers;
    private Links _links;

    /// <summary>How many entries there are.</summary>
    public int Count;

    /// <summary>The parent's number; of no meaning in the root.</summary>
    public int Parent;

    /// <summary>0 in a leaf.</summary>
    public int Level;

    private readonly int _padding;

    public readonly bool IsLeaf => Level == 0;

    public readonly bool IsFull => Count == (IsLeaf ? LeafCapacity : Fanout);

    /// <summary>Length of a column.</summary>
    public readonly int Stride => IsLeaf ? LeafCapacity : Fanout;

    /// <summary>From an axis's column of lowest values to that of highest ones; in a leaf they are one.</summary>
    public readonly int HighColumn => IsLeaf ? 0 : Fanout;

    /// <summary>The columns of a node in unmanaged memory.</summary>
    public static float* Columns(Node* node) => (float*)node;

    /// <summary>
    /// Of an inner node its children; of a leaf the heads of its places, as complement when the head is not alone, so that most searches need not
    /// look at items.
    /// </summary>
    public static int* Entries(Node* node) => (int*)((float*)node + NumberCount);

    /// <summary>The head that an entry of a leaf stands for.</summary>
    public static int HeadOf(int entry) => entry < 0 ? ~entry : entry;

    /// <summary>Copies the numbers and the link of an entry within or between nodes of one level.</summary>
    public static void Copy(Node* from, int fromEntry, Node* to, int toEntry)
    {
        float* source = Columns(from) + fromEntry;
        float* target = Columns(to) + toEntry;
        int stride = from->Stride;
        for (int i = 0; i < NumberCount; i += stride)
        {
            target[i] = source[i];
        }

        Entries(to)[toEntry] = Entries(from)[fromEntry];
    }

    /// <summary>
    /// The lowest and highest value of each axis over the entries whose bit is set (at least one): ten numbers in the order of an inner node's columns.
    /// Returns half the circumference of that box.
    /// </summary>
    public static float Bound(Node* node, uint entries, float* box)
    {
        int highColumn = node->HighColumn;
        float* low = Columns(node);
        float size = 0;
        for (int axis = 0; axis < Point5.AxisCount; axis++, low += LeafCapacity, box += 2)
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

            box[0] = lowest;
            box[1] = highest;
            size += highest - lowest;
        }

        return size;
    }

    [InlineArray(NumberCount)]
    private struct Numbers
    {
        private float _first;
    }

    [InlineArray(LeafCapacity)]
    private struct Links
    {
        private int _first;
    }
}
