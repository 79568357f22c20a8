using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.MinHash;

// Words: runs of ASCII letters (in lower case), digits, and characters of two bytes; every character of three or four bytes is a word of its
// own, so that five characters of Chinese, Japanese, Korean or Thai make a shingle where no spaces part the words. All else separates.
// A shingle is a polynomial in its words' hashes, w0 M^4 + w1 M^3 + ... + w4 modulo 2^32, which rolls from word to word:
//   next = now * M + entering - leaving * M^5

/// <summary>The set of a text's shingles: five consecutive words, or all of them when there are fewer.</summary>
internal static class TextShingles
{
    private const int ShingleWords = 5;
    private const uint Multiplier = 0x2C9277B5;
    private const uint MultiplierToTheFifth = unchecked(Multiplier * Multiplier * Multiplier * Multiplier * Multiplier);

    /// <summary>Adds the text's shingles; a text without any word is one element as a whole, an empty text none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(ref SignatureBuilder set, ReadOnlySpan<byte> text)
    {
        Span<uint> latest = stackalloc uint[ShingleWords];
        latest.Clear();
        uint shingle = 0;
        int wordCount = 0;
        int slot = 0;
        for (int at = 0; at < text.Length;)
        {
            byte b = text[at];
            bool isWide = b >= 0xE0;
            if (!isWide && !IsNarrow(b))
            {
                at++;
                continue;
            }

            uint word = Fnv.Start;
            do
            {
                word = Fnv.Add(word, b);
                at++;
                b = at < text.Length ? text[at] : (byte)0;
            }
            while (isWide ? (b & 0xC0) == 0x80 : IsNarrow(b));

            word = SignatureBuilder.Spread(word);
            shingle = (shingle * Multiplier) + word - (latest[slot] * MultiplierToTheFifth);
            latest[slot] = word;
            slot = slot == ShingleWords - 1 ? 0 : slot + 1;
            if (++wordCount >= ShingleWords)
            {
                set.Add(shingle);
            }
        }

        if (wordCount == 0)
        {
            shingle = Fnv.Start;
            foreach (byte b in text)
            {
                shingle = Fnv.Add(shingle, b);
            }
        }

        if (wordCount < ShingleWords && text.Length > 0)
        {
            set.Add(shingle);
        }
    }

    // A byte of a word; the byte 0 that stands for the end is none.
    private static bool IsNarrow(byte b) => b is >= 0x80 and < 0xE0 || (uint)((b | 0x20) - 'a') < 26 || (uint)(b - '0') < 10;
}
