using System;

namespace WhiteMagic.Kernels.Search;

// Characters from U+0080 without the tables of Unicode, which are 30 KB: ranges of what is not a letter or is not written in words, and lower
// case where capitals are a constant away. A character of which nothing is known is a letter.
// Knowingly not exact: Greek accents stay, and capitals of rarer alphabets are not folded.

/// <summary>What characters beyond ASCII are, and their lower case.</summary>
internal static class Scripts
{
    private const uint Letter = (uint)LetterKind.Lower;
    private const uint Apart = (uint)LetterKind.Separator;
    private const uint Sign = (uint)LetterKind.Ideograph;
    private const uint Nothing = (uint)LetterKind.Ignored;
    private const int KindBits = 3;

    private const uint AdditionalLatinFirst = 0x1E00;
    private const uint AdditionalLatinEnd = 0x1EFA;

    // The first character of a range and the range's kind; a range ends where the next begins.
    private static ReadOnlySpan<uint> Ranges =>
    [
        (0x0080 << KindBits) | Apart, (0x00AA << KindBits) | Letter, (0x00AB << KindBits) | Apart, (0x00AD << KindBits) | Nothing,
        (0x00AE << KindBits) | Apart, (0x00B5 << KindBits) | Letter, (0x00B6 << KindBits) | Apart, (0x00BA << KindBits) | Letter,
        (0x00BB << KindBits) | Apart, (0x00C0 << KindBits) | Letter, (0x0300 << KindBits) | Nothing, (0x0370 << KindBits) | Letter,

        // Hebrew points; Arabic punctuation, lengthening and vowel signs; the danda.
        (0x0591 << KindBits) | Nothing, (0x05D0 << KindBits) | Letter, (0x0600 << KindBits) | Apart, (0x0620 << KindBits) | Letter,
        (0x0640 << KindBits) | Nothing, (0x0641 << KindBits) | Letter, (0x064B << KindBits) | Nothing, (0x0660 << KindBits) | Letter,
        (0x066A << KindBits) | Apart, (0x066E << KindBits) | Letter, (0x0670 << KindBits) | Nothing, (0x0671 << KindBits) | Letter,
        (0x06D4 << KindBits) | Apart, (0x06D5 << KindBits) | Letter, (0x0964 << KindBits) | Apart, (0x0966 << KindBits) | Letter,

        // Thai and Lao, Burmese, Khmer.
        (0x0E01 << KindBits) | Sign, (0x0F00 << KindBits) | Letter, (0x1000 << KindBits) | Sign, (0x10A0 << KindBits) | Letter,
        (0x1780 << KindBits) | Sign, (0x1800 << KindBits) | Letter,

        // Punctuation and symbols, with the joiners and, from U+2600, pictures among them.
        (0x2000 << KindBits) | Apart, (0x200C << KindBits) | Nothing, (0x2010 << KindBits) | Apart, (0x2060 << KindBits) | Nothing,
        (0x2070 << KindBits) | Apart, (0x2600 << KindBits) | Sign, (0x27C0 << KindBits) | Apart, (0x2C00 << KindBits) | Letter,
        (0x2E00 << KindBits) | Apart,

        // Chinese, Japanese, Korean.
        (0x2E80 << KindBits) | Sign, (0x3000 << KindBits) | Apart, (0x3005 << KindBits) | Sign, (0x3008 << KindBits) | Apart,
        (0x3021 << KindBits) | Sign, (0x302A << KindBits) | Nothing, (0x3030 << KindBits) | Apart, (0x3031 << KindBits) | Sign,
        (0x30FB << KindBits) | Apart, (0x30FC << KindBits) | Sign, (0xA4D0 << KindBits) | Letter, (0xAC00 << KindBits) | Sign,
        (0xD7A4 << KindBits) | Letter, (0xF900 << KindBits) | Sign, (0xFB00 << KindBits) | Letter,

        // Variation signs, vertical and small forms, the byte order mark, half-width forms.
        (0xFE00 << KindBits) | Nothing, (0xFE10 << KindBits) | Apart, (0xFE20 << KindBits) | Nothing, (0xFE30 << KindBits) | Apart,
        (0xFE70 << KindBits) | Letter, (0xFEFF << KindBits) | Nothing, (0xFF00 << KindBits) | Apart, (0xFF66 << KindBits) | Sign,
        (0xFFE0 << KindBits) | Apart, (0x10000 << KindBits) | Letter,

        // Pictures and their skin tones; rarer ideographs; tags.
        (0x1F000 << KindBits) | Sign, (0x1F3FB << KindBits) | Nothing, (0x1F400 << KindBits) | Sign, (0x1FB00 << KindBits) | Letter,
        (0x20000 << KindBits) | Sign, (0x40000 << KindBits) | Apart, (0xE0000 << KindBits) | Nothing, (0xE0200 << KindBits) | Apart,
    ];

    // U+1E00 to U+1EF9, which are pairs of a capital and its small letter: a base letter and the number of its pairs.
    private static ReadOnlySpan<byte> AdditionalLatin =>
        "a\u0001b\u0003c\u0001d\u0005e\u0005f\u0001g\u0001h\u0005i\u0002k\u0003l\u0004m\u0003n\u0004o\u0004p\u0002r\u0004s\u0005t\u0004u\u0005v\u0002w\u0005x\u0002y\u0001z\u0003s\u0005a\u000Ce\u0008i\u0002o\u000Cu\u0007y\u0004"u8;

    /// <summary>The kind of a character from U+0080.</summary>
    public static LetterKind KindOf(uint c)
    {
        int low = 0;
        int high = Ranges.Length;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (Ranges[middle] >> KindBits <= c)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (LetterKind)(Ranges[low] & ((1 << KindBits) - 1));
    }

    /// <summary>The letter in lower case, without accent where it is a Latin one.</summary>
    public static uint Lower(uint c)
    {
        if (c - AdditionalLatinFirst < AdditionalLatinEnd - AdditionalLatinFirst)
        {
            return OfAdditionalLatin((int)(c - AdditionalLatinFirst) >> 1);
        }

        return c switch
        {
            // Letters of Vietnamese, Pinyin and Romanian.
            0x01A0 or 0x01A1 or 0x01D1 or 0x01D2 => 'o',
            0x01AF or 0x01B0 or (>= 0x01D3 and <= 0x01DC) => 'u',
            0x01CD or 0x01CE => 'a',
            0x01CF or 0x01D0 => 'i',
            0x0218 or 0x0219 => 's',
            0x021A or 0x021B => 't',

            // Greek with its two forms of sigma, Cyrillic with io as ie, Armenian.
            >= 0x0391 and <= 0x03A9 => c + 0x20,
            0x03C2 => 0x03C3,
            0x0401 or 0x0451 => 0x0435,
            >= 0x0400 and <= 0x040F => c + 0x50,
            >= 0x0410 and <= 0x042F => c + 0x20,
            (>= 0x0460 and <= 0x0481) or (>= 0x048A and <= 0x04BF) or (>= 0x04D0 and <= 0x052F) => c | 1,
            >= 0x0531 and <= 0x0556 => c + 0x30,
            _ => c,
        };
    }

    private static uint OfAdditionalLatin(int pair)
    {
        int at = 0;
        while (pair >= AdditionalLatin[at + 1])
        {
            pair -= AdditionalLatin[at + 1];
            at += 2;
        }

        return AdditionalLatin[at];
    }
}
