using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>
/// Keeps what follows from documents and their order in sessions: lengths of neighbours and sessions, and the sums over all. With whole numbers
/// as lengths every sum is exact, so that it does not matter in which order changes came.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct DocumentLinks
{
    /// <summary>The documents, slot 0 unused. Whoever owns them guarantees that every slot that is named lies inside.</summary>
    public DocumentLink* All;

    /// <summary>Sum of the lengths.</summary>
    public double TotalLength;

    /// <summary>Sum of the lengths of neighbours.</summary>
    public double TotalNeighbourLength;

    /// <summary>Sessions that have a document.</summary>
    public int SessionCount;

    /// <summary>Puts a document in.</summary>
    /// <param name="slot">Its slot, which must be free.</param>
    /// <param name="length">Number of its terms.</param>
    /// <param name="session">The slot that names its session; its own when it begins one.</param>
    /// <param name="previous">The document before it, or 0. Whoever came after that one must be put in again.</param>
    public void Set(int slot, float length, int session, int previous)
    {
        ref DocumentLink link = ref All[slot];
        link.Length = 0;
        link.Session = session;
        link.Previous = previous;
        if (previous != 0)
        {
            All[previous].Next = slot;
        }

        SessionCount += All[session].SessionCount++ == 0 ? 1 : 0;
        SetLength(slot, length);
    }

    /// <summary>Takes a document out; those before and after it are no neighbours until the later one is put in again.</summary>
    public void Unset(int slot)
    {
        SetLength(slot, 0);
        ref DocumentLink link = ref All[slot];
        SessionCount -= --All[link.Session].SessionCount == 0 ? 1 : 0;
        if (link.Previous != 0 && All[link.Previous].Next == slot)
        {
            All[link.Previous].Next = 0;
        }

        int previous = link.Previous;
        int next = link.Next;
        link.Previous = 0;
        link.Session = 0;
        TotalNeighbourLength -= link.NeighbourLength;
        link.NeighbourLength = 0;
        Measure(previous);
        Measure(next);
    }

    /// <summary>Changes the length of a document that is in.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void SetLength(int slot, float length)
    {
        ref DocumentLink link = ref All[slot];
        TotalLength += length - link.Length;
        All[link.Session].SessionLength += length - link.Length;
        link.Length = length;
        Measure(slot);
        int previous = link.Previous;
        int next = link.Next;
        Measure(previous);
        Measure(next);
        Measure(All[previous].Previous);
        Measure(All[next].Next);
    }

    // Slot 0 and those that are not in have none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Measure(int slot)
    {
        ref DocumentLink link = ref All[slot];
        if (link.Session == 0)
        {
            return;
        }

        float length = All[link.Previous].Length + All[All[link.Previous].Previous].Length + All[link.Next].Length + All[All[link.Next].Next].Length;
        TotalNeighbourLength += length - link.NeighbourLength;
        link.NeighbourLength = length;
    }
}
