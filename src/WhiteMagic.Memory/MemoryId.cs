using System;

namespace WhiteMagic.Memory;

/// <summary>Fills a span with unpredictable bytes from the platform's generator.</summary>
public delegate void RandomFill(Span<byte> bytes);

/// <summary>The id of a memory: a UUID, version 7 when we make it (its first 48 bits are the time in milliseconds).</summary>
public readonly record struct MemoryId(Guid Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Bytes = 16;

    /// <summary>Makes an id for this time; two ids of one millisecond differ in 74 random bits.</summary>
    public static MemoryId Create(long timeMs, RandomFill random)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        random(bytes[6..]);
        for (int i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(timeMs >> (8 * (5 - i)));
        }

        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return Read(bytes);
    }

    /// <summary>Reads 16 bytes in RFC 9562 order.</summary>
    public static MemoryId Read(ReadOnlySpan<byte> bytes) => new(new Guid(bytes[..Bytes], bigEndian: true));

    /// <summary>Parses the form 8-4-4-4-12 in either case.</summary>
    public static bool TryParse(string text, out MemoryId id)
    {
        // The framework's parser also takes white space around it and signs inside.
        id = default;
        const int Chars = 36;
        if (text.Length != Chars)
        {
            return false;
        }

        for (int i = 0; i < Chars; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        id = new MemoryId(Guid.ParseExact(text, "D"));
        return true;
    }

    /// <summary>Writes 16 bytes in RFC 9562 order.</summary>
    public void Write(Span<byte> bytes) => Value.TryWriteBytes(bytes, bigEndian: true, out _);

    /// <summary>The id as 16 bytes in RFC 9562 order.</summary>
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    /// <summary>The form 8-4-4-4-12, lower case.</summary>
    public override string ToString() => Value.ToString("D");
}
