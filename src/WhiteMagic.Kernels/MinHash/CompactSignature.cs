using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>
/// The low eight bits of a signature's rows: a quarter of the memory. Rows that differ agree by chance in one of 256 cases; the estimate is
/// corrected for it (P. Li and C. König, "b-Bit Minwise Hashing", 2010).
/// </summary>
[InlineArray(Bytes)]
public struct CompactSignature : ISignature<CompactSignature>
{
    /// <summary>Length in bytes, one a row.</summary>
    public const int Bytes = Signature.RowCount;

    private byte _first;

    /// <summary>Two, because bands of a single byte have only 256 buckets.</summary>
    public static int MinimumBandRows => 2;

    /// <summary>Sets <paramref name="signature"/> to that of a text's shingles; see <see cref="Signature.OfText"/>.</summary>
    public static void OfText(ReadOnlySpan<byte> text, out CompactSignature signature)
    {
        Signature.OfText(text, out Signature whole);
        whole.Compact(out signature);
    }

    /// <summary>Estimates the Jaccard similarity of the two sets: 0 to 1.</summary>
    public static double Similarity(in CompactSignature a, in CompactSignature b) => Estimate(CountEqual(a, b));

    /// <inheritdoc/>
    public static uint EmptyRow => byte.MaxValue;

    /// <inheritdoc/>
    public static uint Row(in CompactSignature signature, int row) => signature[row];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int CountEqual(in CompactSignature a, in CompactSignature b)
    {
        ref byte left = ref Unsafe.AsRef(in a._first);
        ref byte right = ref Unsafe.AsRef(in b._first);
        int equal = 0;
        for (nuint i = 0; i < Bytes; i += 16)
        {
            // SAFETY: both refs are to the first of 128 bytes.
            Vector128<byte> same = Vector128.Equals(Vector128.LoadUnsafe(ref left, i), Vector128.LoadUnsafe(ref right, i));
            equal += BitOperations.PopCount(same.ExtractMostSignificantBits());
        }

        return equal;
    }

    /// <summary>equal / 128 = J + (1 - J) / 256, solved for J and not below 0.</summary>
    public static double Estimate(int equalRows) => Math.Max(0, (2 * equalRows) - 1) / 255.0;
}
