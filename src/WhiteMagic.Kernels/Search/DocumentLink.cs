using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>
/// What scoring knows of a document beside its postings. 32 bytes. Documents are named by their slot, from 1 on; 0 is none. The documents of a
/// session are a chain; one that belongs to no session is a session by itself.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct DocumentLink
{
    /// <summary>Number of terms, each field's by its weight; below 0 in a removed document.</summary>
    public float Length;

    /// <summary>What the best score is multiplied by and added to this document's.</summary>
    public float Boost;

    /// <summary>Sum of the lengths of the two documents before and the two after in the session.</summary>
    public float NeighbourLength;

    /// <summary>In the document that names a session: the sum of the lengths of its documents.</summary>
    public float SessionLength;

    /// <summary>In the document that names a session: how many documents it has.</summary>
    public int SessionCount;

    /// <summary>The document before in the session, or 0.</summary>
    public int Previous;

    /// <summary>The document after in the session, or 0.</summary>
    public int Next;

    /// <summary>The document whose slot names the session; it may have been removed.</summary>
    public int Session;
}
