using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>The parameters of BM25 and the weights of the fields. 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SearchSettings
{
    /// <summary>The number of fields a document can have.</summary>
    public const int FieldCount = 4;

    private const double LargestWeight = 1e6;

    /// <summary>How slowly a term's repetitions saturate: 1.2 for notes, 0.6 for turns of a conversation.</summary>
    public double K1;

    /// <summary>How much long documents are held back, 0 to 1: 0.75 for notes, 0.2 for turns of a conversation.</summary>
    public double B;

    /// <summary>By how much a term counts in each field.</summary>
    public FieldWeights Weights;

    /// <summary>How much of a term's occurrences in the two documents before and after in a conversation counts as the document's own.</summary>
    public double NeighbourWeight;

    /// <summary>How much BM25 of the whole conversation counts.</summary>
    public double SessionWeight;

    /// <summary>k1 1.2, b 0.75, all fields alike, every document for itself.</summary>
    public static SearchSettings Default
    {
        get
        {
            SearchSettings settings = default;
            settings.K1 = 1.2;
            settings.B = 0.75;
            ((Span<double>)settings.Weights).Fill(1);
            return settings;
        }
    }

    /// <summary>Whether all numbers are finite, none is negative or above a million, and b is at most 1.</summary>
    public readonly bool IsValid()
    {
        bool valid = K1 is >= 0 and <= LargestWeight && B is >= 0 and <= 1
            && NeighbourWeight is >= 0 and <= LargestWeight && SessionWeight is >= 0 and <= LargestWeight;
        foreach (double weight in (ReadOnlySpan<double>)Weights)
        {
            valid &= weight is >= 0 and <= LargestWeight;
        }

        return valid;
    }

    /// <summary>A weight for each field.</summary>
    [InlineArray(FieldCount)]
    public struct FieldWeights
    {
        private double _first;
    }
}
