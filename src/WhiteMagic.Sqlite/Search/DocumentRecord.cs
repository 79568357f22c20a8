using System.Runtime.InteropServices;

namespace WhiteMagic.Sqlite.Search;

/// <summary>What search_documents holds of a memory: 36 bytes, little-endian. All zero: it is not searched.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct DocumentRecord
{
    /// <summary>What a search filters and weighs by.</summary>
    public DocumentFacts Facts;

    /// <summary>Where its postings are: a segment, or below 0 the entry of search_recent.</summary>
    public int Place;

    /// <summary>Number of its terms.</summary>
    public int Length;

    /// <summary>The memory that names its session.</summary>
    public int Session;

    /// <summary>The memory before it in the session, or 0.</summary>
    public int Previous;

    /// <summary>The memory after it in the session, or 0.</summary>
    public int Next;

    public readonly bool IsSearched => Place != 0;
}
