using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>A point's identity. Points at one place form a ring in the order of insertion, of which the tree knows the oldest, the head.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Item
{
    /// <summary>Rises with every insertion.</summary>
    public ulong Order;

    public int Id;

    public int Next;

    /// <summary>The head's previous is the youngest.</summary>
    public int Previous;

    /// <summary>Of a head, its leaf and slot: leaf * <see cref="Node.LeafCapacity"/> + slot; else <see cref="NotHead"/>.</summary>
    public int Place;

    public const int NotHead = -1;
}
