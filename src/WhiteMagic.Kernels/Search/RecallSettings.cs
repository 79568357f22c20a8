using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>The parameters of <see cref="RecallScores"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct RecallSettings
{
    /// <summary>k1 and b of BM25 over a whole session.</summary>
    public const double SessionK1 = 1.2;

    /// <inheritdoc cref="SessionK1"/>
    public const double SessionB = 0.75;

    /// <summary>How slowly a term's repetitions saturate.</summary>
    public double K1;

    /// <summary>How much long documents are held back, 0 to 1.</summary>
    public double B;

    /// <summary>How much of a term's occurrences in the neighbours counts as the document's own.</summary>
    public double NeighbourWeight;

    /// <summary>How much BM25 of the whole session counts.</summary>
    public double SessionWeight;

    /// <summary>Number of documents.</summary>
    public int DocumentCount;

    /// <summary>Whether terms now count only in documents and sessions that terms before have found.</summary>
    public bool OnlyFound;

    /// <summary>Mean length of a document, the part of its neighbours included.</summary>
    public double MeanLength;
}
