using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>A document that was found. 16 bytes: the document at offset 0, the score at offset 8.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SearchHit
{
    public int Document;

    /// <summary>Always 0.</summary>
    public int Reserved;

    public double Score;

    /// <summary>Whether this hit comes after another one: a lower score, or the same of a later document.</summary>
    internal readonly bool IsAfter(in SearchHit other) =>
        Score < other.Score || (Score == other.Score && Document > other.Document);
}
