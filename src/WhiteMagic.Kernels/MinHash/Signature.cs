using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WhiteMagic.Kernels.MinHash;

// MinHash (A. Broder, "On the resemblance and containment of documents", 1997).
//
// Problem: tell from two short summaries how much two sets have in common, without having the sets.
//
//   for each of 128 hash functions f:  signature[f] = the smallest f(element) over the set's elements
//   two sets agree at f when the element that is smallest in their union is in both: with probability |A and B| / |A or B|
//   so (rows that agree) / 128 estimates the Jaccard similarity, with a standard error of sqrt(J (1 - J) / 128), at most 0.044
//
// A text is the set of its shingles: every five consecutive words (see TextShingles). Keywords are a set as they are.
// Functions: f_i(h) = mix(h xor seed_i) for the element's 32-bit hash h, where mix is a multiplication, a shifted xor and a multiplication
// by the odd constants of xxHash. It is a bijection, so two elements never tie, and it needs neither a table of coefficients nor 64 bits.
// Order of work: elements are gathered 256 at a time; then eight functions at a time stay in two registers while all of them pass.
//
// Cost: 128 mixes an element, four at a time: about 4 us for a text of 500 bytes; 512 bytes, or 128 as CompactSignature.
// Knowingly not optimal: "one permutation" hashing would be an order faster, but its empty bins need repair and bias sparse sets.

/// <summary>The MinHash signature of a set: 128 smallest values. The empty set's rows are all 2^32 - 1.</summary>
[InlineArray(RowCount)]
public struct Signature : ISignature<Signature>
{
    /// <summary>Number of hash functions, and of rows.</summary>
    public const int RowCount = 128;

    private uint _first;

    /// <inheritdoc/>
    public static int MinimumBandRows => 1;

    /// <summary>Sets <paramref name="signature"/> to that of a text's shingles. The text is UTF-8, but any bytes will do.</summary>
    public static void OfText(ReadOnlySpan<byte> text, out Signature signature)
    {
        SignatureBuilder builder = default;
        TextShingles.AddTo(ref builder, text);
        builder.Finish(out signature);
    }

    /// <summary>Sets <paramref name="signature"/> to that of a set of keywords, one a line; see <see cref="Keywords"/>.</summary>
    public static void OfKeywords(ReadOnlySpan<byte> lines, out Signature signature)
    {
        SignatureBuilder builder = default;
        Keywords.AddTo(ref builder, lines);
        builder.Finish(out signature);
    }

    /// <summary>Writes the low eight bits of every row to <paramref name="compact"/>.</summary>
    public readonly void Compact(out CompactSignature compact)
    {
        Unsafe.SkipInit(out compact);
        ReadOnlySpan<uint> rows = this;
        Span<byte> bytes = compact;
        for (int i = 0; i < rows.Length; i++)
        {
            bytes[i] = (byte)rows[i];
        }
    }

    /// <summary>Estimates the Jaccard similarity of the two sets: 0 to 1.</summary>
    public static double Similarity(in Signature a, in Signature b) => Estimate(CountEqual(a, b));

    /// <inheritdoc/>
    public static uint EmptyRow => uint.MaxValue;

    /// <inheritdoc/>
    public static uint Row(in Signature signature, int row) => signature[row];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int CountEqual(in Signature a, in Signature b)
    {
        ref uint left = ref Unsafe.AsRef(in a._first);
        ref uint right = ref Unsafe.AsRef(in b._first);

        // SAFETY: both refs are to the first of 128 rows.
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<uint> minusEqual = Vector128<uint>.Zero;
            for (nuint i = 0; i < RowCount; i += 4)
            {
                minusEqual += Vector128.Equals(Vector128.LoadUnsafe(ref left, i), Vector128.LoadUnsafe(ref right, i));
            }

            return -(int)Vector128.Sum(minusEqual);
        }

        int equal = 0;
        for (int i = 0; i < RowCount; i++)
        {
            equal += Unsafe.Add(ref left, i) == Unsafe.Add(ref right, i) ? 1 : 0;
        }

        return equal;
    }

    /// <inheritdoc/>
    public static double Estimate(int equalRows) => equalRows / (double)RowCount;
}
