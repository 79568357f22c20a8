using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>Two sets, by their indexes in the caller's list (the smaller first), and the estimate of their similarity. 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SimilarPair
{
    public int First;
    public int Second;
    public float Similarity;

    /// <summary>Whether this pair comes after another one: less similar, or equally similar with later indexes.</summary>
    internal readonly bool IsAfter(in SimilarPair other)
    {
        if (Similarity != other.Similarity)
        {
            return Similarity < other.Similarity;
        }

        return First != other.First ? First > other.First : Second > other.Second;
    }
}
