using System;
using System.Runtime.InteropServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>One character of a text as the tokenizer sees it: what it is, and what it is folded to.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Letter
{
    private const int LatinFirst = 0xC0;
    private const int LatinEnd = 0x180;
    private const int InvalidCodePoint = 0xFFFD;

    /// <summary>What the character is.</summary>
    public LetterKind Kind;

    /// <summary>Length of the character in the text, in bytes.</summary>
    public int Bytes;

    /// <summary>Number of folded bytes.</summary>
    public int FoldedBytes;

    /// <summary>The folded bytes, the first in the low eight bits.</summary>
    public uint Folded;

    // U+00C0 to U+017F. A lower-case letter stands for itself; . separates; A, I, O, S and T are ae, ij, oe, ss and th.
    private static ReadOnlySpan<byte> LatinFolds =>
        "aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"u8;

    /// <summary>Reads the character that starts at <paramref name="at"/>. Bytes that are not UTF-8 separate, one at a time.</summary>
    public static Letter Read(ReadOnlySpan<byte> text, int at)
    {
        byte first = text[at];
        if (first < 0x80)
        {
            return new Letter { Kind = OfAscii(first), Bytes = 1, FoldedBytes = 1, Folded = (uint)(first - 'A') < 26 ? first | 0x20u : first };
        }

        uint codePoint = Decode(text[at..], out int bytes);
        Letter letter = OfCodePoint(codePoint);
        letter.Bytes = bytes;
        return letter;
    }

    private static LetterKind OfAscii(uint c)
    {
        if (c - 'a' < 26 || c - '0' < 10)
        {
            return LetterKind.Lower;
        }

        if (c - 'A' < 26)
        {
            return LetterKind.Upper;
        }

        return c is '_' or '.' or '/' or '-' or '@' or ':' or '\\' ? LetterKind.Joiner : LetterKind.Separator;
    }

    private static Letter OfCodePoint(uint c)
    {
        if (c - LatinFirst < LatinEnd - LatinFirst)
        {
            return OfLatin(LatinFolds[(int)c - LatinFirst]);
        }

        // Full-width forms of ASCII.
        if (c - 0xFF01 < 0x5E)
        {
            uint ascii = c - 0xFEE0;
            return new Letter { Kind = OfAscii(ascii), FoldedBytes = 1, Folded = ascii - 'A' < 26 ? ascii | 0x20 : ascii };
        }

        LetterKind kind = Scripts.KindOf(c);
        uint lower = kind == LetterKind.Lower ? Scripts.Lower(c) : c;
        if (lower < 0x80)
        {
            return new Letter { Kind = kind, FoldedBytes = 1, Folded = lower };
        }

        return Encode(kind, lower);
    }

    private static Letter OfLatin(byte fold)
    {
        uint folded = fold switch
        {
            (byte)'A' => 'a' | ('e' << 8),
            (byte)'I' => 'i' | ('j' << 8),
            (byte)'O' => 'o' | ('e' << 8),
            (byte)'S' => 's' | ('s' << 8),
            (byte)'T' => 't' | ('h' << 8),
            _ => fold,
        };
        LetterKind kind = fold == '.' ? LetterKind.Separator : LetterKind.Lower;
        return new Letter { Kind = kind, FoldedBytes = folded > 0xFF ? 2 : 1, Folded = folded };
    }

    private static Letter Encode(LetterKind kind, uint c)
    {
        uint last = 0x80 | (c & 0x3F);
        if (c < 0x800)
        {
            return new Letter { Kind = kind, FoldedBytes = 2, Folded = 0xC0 | (c >> 6) | (last << 8) };
        }

        uint third = 0x80 | ((c >> 6) & 0x3F);
        if (c < 0x10000)
        {
            return new Letter { Kind = kind, FoldedBytes = 3, Folded = 0xE0 | (c >> 12) | (third << 8) | (last << 16) };
        }

        uint second = 0x80 | ((c >> 12) & 0x3F);
        return new Letter { Kind = kind, FoldedBytes = 4, Folded = 0xF0 | (c >> 18) | (second << 8) | (third << 16) | (last << 24) };
    }

    // The code point at the start, or U+FFFD and one byte where there is none (overlong forms, surrogates and cut sequences are none).
    private static uint Decode(ReadOnlySpan<byte> text, out int bytes)
    {
        uint first = text[0];
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        bytes = 1;
        if (first < 0xC2 || first > 0xF4 || text.Length < length)
        {
            return InvalidCodePoint;
        }

        uint c = first & (0x7Fu >> length);
        for (int i = 1; i < length; i++)
        {
            uint next = text[i];
            if ((next & 0xC0) != 0x80)
            {
                return InvalidCodePoint;
            }

            c = (c << 6) | (next & 0x3F);
        }

        uint smallest = length == 4 ? 0x10000u : length == 3 ? 0x800u : 0x80u;
        if (c < smallest || c > 0x10FFFF || c - 0xD800 < 0x800)
        {
            return InvalidCodePoint;
        }

        bytes = length;
        return c;
    }
}
