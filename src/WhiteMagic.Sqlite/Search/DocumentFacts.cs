using System.Runtime.InteropServices;

namespace WhiteMagic.Sqlite.Search;

/// <summary>What a search filters and weighs by, besides terms. 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct DocumentFacts
{
    /// <summary>The flag of a memory whose text has words of time.</summary>
    public const byte HasTimeWords = 1;

    /// <summary>When it happened.</summary>
    public long EventTimeMs;

    /// <summary>The speaker's number in search_speakers, or 0.</summary>
    public int Speaker;

    /// <summary>Words of the content, 65,535 at most.</summary>
    public ushort Words;

    /// <summary>Its type.</summary>
    public byte Type;

    public byte Flags;
}
