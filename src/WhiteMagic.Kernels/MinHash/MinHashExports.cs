using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.MinHash;

/// <summary>The functions of MinHash in WebAssembly; see docs/modules/minhash.md.</summary>
public static unsafe class MinHashExports
{
    private const uint SignatureBytes = Signature.RowCount * sizeof(uint);

    /// <summary>Writes the signature of a text to 512 bytes; 0 or an error.</summary>
    [WasmExport("minhash_signature")]
    public static int OfText(byte* text, int length, Signature* signature)
    {
        int error = Check(text, length, signature, SignatureBytes);
        if (error == 0)
        {
            // SAFETY: checked above; the same holds for each export below.
            Signature.OfText(new ReadOnlySpan<byte>(text, length), out Signature computed);
            *signature = computed;
        }

        return error;
    }

    /// <summary>Writes the signature of a set of keywords, one a line, to 512 bytes; 0 or an error.</summary>
    [WasmExport("minhash_signature_set")]
    public static int OfKeywords(byte* lines, int length, Signature* signature)
    {
        int error = Check(lines, length, signature, SignatureBytes);
        if (error == 0)
        {
            Signature.OfKeywords(new ReadOnlySpan<byte>(lines, length), out Signature computed);
            *signature = computed;
        }

        return error;
    }

    /// <summary>Writes the low eight bits of the 128 rows to 128 bytes; 0 or an error.</summary>
    [WasmExport("minhash_compact")]
    public static int Compact(Signature* signature, CompactSignature* compact)
    {
        int error = Check(signature, (int)SignatureBytes, compact, CompactSignature.Bytes);
        if (error == 0)
        {
            signature->Compact(out CompactSignature computed);
            *compact = computed;
        }

        return error;
    }

    /// <summary>The estimated Jaccard similarity of two signatures, 0 to 1, or an error (negative).</summary>
    [WasmExport("minhash_jaccard")]
    public static double Jaccard(Signature* a, Signature* b)
    {
        int error = Check(a, (int)SignatureBytes, b, SignatureBytes);
        return error == 0 ? Signature.Similarity(*a, *b) : error;
    }

    /// <summary>Writes the most similar pairs of <paramref name="count"/> signatures; their number or an error.</summary>
    [WasmExport("minhash_duplicates")]
    public static int Duplicates(Signature* signatures, int count, double threshold, SimilarPair* pairs, int maxPairs)
    {
        if (count < 0 || maxPairs < 0)
        {
            return KernelError.InvalidArgument;
        }

        // A 4 GiB memory cannot hold more, and the products below do not overflow.
        if (count > uint.MaxValue / SignatureBytes || maxPairs > uint.MaxValue / (uint)sizeof(SimilarPair))
        {
            return KernelError.OutOfRange;
        }

        int error = Check(signatures, 0, pairs, (uint)maxPairs * (uint)sizeof(SimilarPair));
        if (error != 0 || !KernelMemory.IsInside(signatures, (uint)count * SignatureBytes))
        {
            return KernelError.OutOfRange;
        }

        return DuplicateSearch.Find(signatures, count, threshold, pairs, maxPairs);
    }

    private static int Check(void* input, int inputBytes, void* output, uint outputBytes)
    {
        if (inputBytes < 0)
        {
            return KernelError.InvalidArgument;
        }

        return KernelMemory.IsInside(input, (uint)inputBytes) && KernelMemory.IsInside(output, outputBytes) ? 0 : KernelError.OutOfRange;
    }
}
