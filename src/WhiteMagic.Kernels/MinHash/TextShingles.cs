using System;

namespace WhiteMagic.Kernels.MinHash;

// Words: runs of ASCII letters (in lower case), digits, and characters of two bytes; every character of three or four bytes is a word of its
// own, so that five characters of Chinese, Japanese, Korean or Thai make a shingle where no spaces part the words. All else separates.
// A shingle is a polynomial in its words' hashes, w0 M^4 + w1 M^3 + ... + w4 modulo 2^32, which rolls from word to word:
//   next = now * M + entering - leaving * M^5

/// <summary>The set of a text's shingles: five consecutive words, or all of them when there are fewer.</summary>
internal static class TextShingles
{
    private const int ShingleWords = 5;
    private const uint FnvOffset = 0x811C9DC5;
    private const uint FnvPrime = 0x01000193;
    private const uint Multiplier = 0x2C9277B5;
    private const uint MultiplierToTheFifth = unchecked(Multiplier * Multiplier * Multiplier * Multiplier * Multiplier);
    private const byte FirstWideLead = 0xE0;

    /// <summary>Adds the text's shingles; a text without any word is one element as a whole, an empty text none.</summary>
    public static void AddTo(ref SignatureBuilder set, ReadOnlySpan<byte> text)
    {
        Span<uint> latest = stackalloc uint[ShingleWords];
        latest.Clear();
        uint shingle = 0;
        int wordCount = 0;
        int slot = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = WordEnd(text, at);
            if (end == at)
            {
                at++;
                continue;
            }

            uint word = SignatureBuilder.Spread(HashLower(text[at..end]));
            at = end;
            shingle = (shingle * Multiplier) + word - (latest[slot] * MultiplierToTheFifth);
            latest[slot] = word;
            slot = slot == ShingleWords - 1 ? 0 : slot + 1;
            wordCount++;
            if (wordCount >= ShingleWords)
            {
                set.Add(shingle);
            }
        }

        if (wordCount == 0)
        {
            shingle = HashLower(text);
        }

        if (wordCount < ShingleWords && text.Length > 0)
        {
            set.Add(shingle);
        }
    }

    /// <summary>FNV-1a of the bytes with ASCII letters in lower case.</summary>
    public static uint HashLower(ReadOnlySpan<byte> bytes)
    {
        uint hash = FnvOffset;
        foreach (byte b in bytes)
        {
            uint lower = (uint)(b - 'A') < 26 ? b | 0x20u : b;
            hash = (hash ^ lower) * FnvPrime;
        }

        return hash;
    }

    // The exclusive end of the word that starts at `at`; `at` itself when a separator is there.
    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        if (text[at] >= FirstWideLead)
        {
            at++;
            while (at < text.Length && (text[at] & 0xC0) == 0x80)
            {
                at++;
            }

            return at;
        }

        while (at < text.Length && IsNarrow(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsNarrow(byte b) =>
        b is >= 0x80 and < FirstWideLead || (uint)((b | 0x20) - 'a') < 26 || (uint)(b - '0') < 10;
}
