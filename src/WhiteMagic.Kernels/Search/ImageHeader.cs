using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>The beginning of an image: how much there is of what. 176 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageHeader
{
    /// <summary>"WMSEARCH" in ASCII, little-endian.</summary>
    public const ulong MagicValue = 0x48435241_45534D57;

    /// <summary>Raised when the layout changes, or what the tokenizer makes of a text.</summary>
    public const int CurrentVersion = 2;

    public ulong Magic;

    /// <summary>A hash of all other bytes, valid only in an image that was given out.</summary>
    public ulong Checksum;

    public int Version;

    /// <summary>Length of the image.</summary>
    public int Bytes;

    /// <summary>Documents that have an id.</summary>
    public int DocumentCount;

    /// <summary>Documents that count in idf and mean length: all that were not removed before the last packing.</summary>
    public int CountedDocuments;
    public int DocumentCapacity;
    public int TermCount;

    /// <summary>Room for terms, a power of two; there are twice as many slots.</summary>
    public int TermCapacity;

    /// <summary>Used bytes of the pool of postings.</summary>
    public int PoolUsed;
    public int PoolCapacity;
    public int Reserved;

    /// <summary>Number of terms in each field, of all counted documents.</summary>
    public FieldTotals Totals;
    public SearchSettings Settings;

    [InlineArray(SearchSettings.FieldCount)]
    internal struct FieldTotals
    {
        private long _first;
    }
}
