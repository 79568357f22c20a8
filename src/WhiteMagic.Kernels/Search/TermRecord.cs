using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>A term and its postings: those in the pool, and the last one, which is here until the next comes. 36 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TermRecord
{
    public uint HashLow;
    public uint HashHigh;

    /// <summary>Number of documents that have the term.</summary>
    public int DocumentCount;

    /// <summary>Pool offset of the first slice; 0 while no posting is in the pool.</summary>
    public int Head;

    /// <summary>Pool offset where the next posting goes.</summary>
    public int Tail;

    /// <summary>Pool offset of the slice that <see cref="Tail"/> is in.</summary>
    public int TailStart;
    public int LastDocument;

    /// <summary>Difference of the last posting's document to the one before it; the document plus 1 in the first posting.</summary>
    public int LastDelta;

    /// <summary>Field in the low two bits, number of occurrences above them.</summary>
    public uint LastEntry;

    public readonly ulong Hash => HashLow | ((ulong)HashHigh << 32);

    public readonly bool Has(ulong hash) => HashLow == (uint)hash && HashHigh == (uint)(hash >> 32);
}
