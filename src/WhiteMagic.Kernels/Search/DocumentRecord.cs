using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>What is known of a document beside its postings. 28 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DocumentRecord
{
    private const float RemovedLength = -1;

    /// <summary>Number of terms, each field's by its weight; below 0 in a removed document.</summary>
    public float Length;

    /// <summary>What the best score is multiplied by and added to this document's.</summary>
    public float Boost;

    /// <summary>Number of terms in each field.</summary>
    public FieldLengths FieldLength;

    /// <summary>The document that it follows in a conversation, plus 1; 0 when it begins one.</summary>
    public int Previous;

    public readonly bool IsRemoved => Length < 0;

    public void Remove() => Length = RemovedLength;

    /// <summary>Sets the length from the fields' lengths.</summary>
    public void Weigh(in SearchSettings settings)
    {
        double length = 0;
        for (int field = 0; field < SearchSettings.FieldCount; field++)
        {
            length += settings.Weights[field] * FieldLength[field];
        }

        Length = (float)length;
    }

    [InlineArray(SearchSettings.FieldCount)]
    internal struct FieldLengths
    {
        private int _first;
    }
}
