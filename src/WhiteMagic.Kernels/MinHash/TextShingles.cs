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
    private const uint Multiplier = 0x2C9277B5;
    private const uint MultiplierToTheFifth = unchecked(Multiplier * Multiplier * Multiplier * Multiplier * Multiplier);

    private enum Inside
    {
        Nothing,
        Word,
        WideCharacter,
    }

    /// <summary>Adds the text's shingles; a text without any word is one element as a whole, an empty text none.</summary>
    public static void AddTo(ref SignatureBuilder set, ReadOnlySpan<byte> text)
    {
        Span<uint> latest = stackalloc uint[ShingleWords];
        latest.Clear();
        uint shingle = 0;
        uint word = 0;
        uint whole = Fnv.Start;
        int wordCount = 0;
        int slot = 0;
        Inside inside = Inside.Nothing;
        for (int at = 0; at <= text.Length; at++)
        {
            byte b = at < text.Length ? text[at] : (byte)0;
            if (inside != Inside.WideCharacter || (b & 0xC0) != 0x80)
            {
                Inside next = KindOf(b);
                if (inside != Inside.Nothing && (inside != Inside.Word || next != Inside.Word))
                {
                    word = SignatureBuilder.Spread(word);
                    shingle = (shingle * Multiplier) + word - (latest[slot] * MultiplierToTheFifth);
                    latest[slot] = word;
                    slot = slot == ShingleWords - 1 ? 0 : slot + 1;
                    if (++wordCount >= ShingleWords)
                    {
                        set.Add(shingle);
                    }

                    inside = Inside.Nothing;
                }

                word = inside == Inside.Nothing ? Fnv.Start : word;
                inside = next;
            }

            word = Fnv.Add(word, b);
            whole = at < text.Length ? Fnv.Add(whole, b) : whole;
        }

        if (wordCount < ShingleWords && text.Length > 0)
        {
            set.Add(wordCount > 0 ? shingle : whole);
        }
    }

    private static Inside KindOf(byte b)
    {
        if (b >= 0xE0)
        {
            return Inside.WideCharacter;
        }

        return b >= 0x80 || (uint)((b | 0x20) - 'a') < 26 || (uint)(b - '0') < 10 ? Inside.Word : Inside.Nothing;
    }
}
