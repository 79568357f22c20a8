namespace WhiteMagic.Kernels.Search;

/// <summary>Numbers of 32 bits in one to five bytes: seven bits each, the lowest first, the high bit set in all but the last byte.</summary>
internal static unsafe class Varint
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int LargestLength = 5;

    public static int Length(uint value)
    {
        int length = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            length++;
        }

        return length;
    }

    /// <summary>Writes a number and returns the address after it.</summary>
    public static byte* Write(byte* at, uint value)
    {
        // SAFETY: the caller has Length(value) bytes of room.
        while (value >= 0x80)
        {
            *at++ = (byte)(value | 0x80);
            value >>= 7;
        }

        *at++ = (byte)value;
        return at;
    }

    /// <summary>Reads a number that <see cref="Write"/> wrote and moves behind it.</summary>
    public static uint Read(ref byte* at)
    {
        uint value = *at++;
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        int shift = 7;
        uint next;
        do
        {
            next = *at++;
            value |= (next & 0x7F) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return value;
    }
}
