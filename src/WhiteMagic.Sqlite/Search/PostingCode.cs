using System;

namespace WhiteMagic.Sqlite.Search;

// Numbers are varints: seven bits a byte, the lowest first, the high bit set in all but the last byte.
//
//   terms of a recent memory: for each term its number and how often it occurs
//   block: for each term its distance to the one before (the first: to the block's key), the number of its postings, their bytes, and they:
//     posting: distance of the memory's number to the one before, doubled, plus 1 when the term occurs more than once; then how often

/// <summary>The bytes of postings. Reading stops at the end of the bytes, whatever they are.</summary>
internal static class PostingCode
{
    /// <summary>The most bytes of a number.</summary>
    internal const int MostBytes = 10;

    /// <summary>Reads a number and moves behind it; what is cut off reads as 0.</summary>
    internal static long Read(ReadOnlySpan<byte> code, ref int at)
    {
        long value = 0;
        for (int shift = 0; at < code.Length && shift < 63; shift += 7)
        {
            byte next = code[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        return value;
    }

    /// <summary>Writes a number that is not negative, and returns the position behind it. There must be room for <see cref="MostBytes"/>.</summary>
    internal static int Write(Span<byte> code, int at, long value)
    {
        while (value >= 0x80)
        {
            code[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        code[at++] = (byte)value;
        return at;
    }
}
