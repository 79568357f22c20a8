using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>The beginning of a slice of postings.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SliceHeader
{
    /// <summary>Pool offset of the next slice; 0 in the last.</summary>
    public int Next;

    /// <summary>Exclusive end of the slice's postings; in the last slice, of its room.</summary>
    public int End;
}
