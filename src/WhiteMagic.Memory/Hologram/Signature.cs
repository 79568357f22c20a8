using System;

namespace WhiteMagic.Memory.Hologram;

/// <summary>The MinHash signature of a text: two texts that share most of their wording share most of its bytes.</summary>
public static class Signature
{
    /// <summary>Its length.</summary>
    public const int Bytes = 128;

    /// <summary>From this similarity on a text is reported as a near repetition.</summary>
    public const double NearRepetition = 0.9;

    /// <summary>Writes the signature of a text in UTF-8.</summary>
    public static void Write(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        signature.Clear();
    }

    /// <summary>The estimated share of wording that two texts have in common, 0..1.</summary>
    public static double Similarity(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => 0;
}
