using System;

namespace WhiteMagic.Mcp;

/// <summary>One line that was read and waits for its turn. Lines are reused, and chained without further memory.</summary>
internal sealed class Line
{
    /// <summary>A longer line's memory is given back after use.</summary>
    public const int KeptBytes = 16 << 10;

    private const int FirstBytes = 1024;

    public byte[] Bytes { get; private set; } = new byte[FirstBytes];

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>The line was over the limit; its bytes were not kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Place in the order of arrival, across lines and cancellations.</summary>
    public long Sequence { get; set; }

    public Line? Next { get; set; }

    public ReadOnlyMemory<byte> Message => Bytes.AsMemory(0, Length);

    /// <summary>Takes a copy of <paramref name="bytes"/>.</summary>
    public void Copy(ReadOnlySpan<byte> bytes)
    {
        if (Bytes.Length < bytes.Length)
        {
            Bytes = new byte[Math.Max(bytes.Length, Bytes.Length * 2)];
        }

        bytes.CopyTo(Bytes);
        Length = bytes.Length;
        IsTooLong = false;
    }

    /// <summary>Takes over an array instead of copying it.</summary>
    public void Adopt(byte[] bytes, int length)
    {
        Bytes = bytes;
        Length = length;
        IsTooLong = false;
    }

    public void MarkTooLong()
    {
        Length = 0;
        IsTooLong = true;
    }

    /// <summary>Makes the line fit for keeping.</summary>
    public void Shrink()
    {
        Length = 0;
        Next = null;
        if (Bytes.Length > KeptBytes)
        {
            Bytes = new byte[FirstBytes];
        }
    }
}
