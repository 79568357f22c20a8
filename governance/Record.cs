using System;
using System.Buffers.Binary;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Policies;

/// <summary>What all records have in common: little-endian numbers, and the version first.</summary>
public static unsafe class Record
{
    /// <summary>The version of all records.</summary>
    public const int Version = 1;

    /// <summary>Bytes of an answer that is one number.</summary>
    public const int NumberBytes = 16;

    // Pointer in the low half, length in the high half.
    private const int LengthBits = 32;

    /// <summary>The number of 32 bits at a place.</summary>
    public static int Int32(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadInt32LittleEndian(record[at..]);

    internal static long Int64(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadInt64LittleEndian(record[at..]);

    /// <summary>The floating-point number at a place.</summary>
    public static double Number(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadDoubleLittleEndian(record[at..]);

    /// <summary>An answer of a number and what goes before it: pointer and length, or 0 when there is no memory.</summary>
    internal static ulong Answer(int first, double number)
    {
        byte* answer = (byte*)KernelMemory.TryAllocate(NumberBytes);
        if (answer == null)
        {
            return 0;
        }

        // SAFETY: so many bytes were allocated.
        var bytes = new Span<byte>(answer, NumberBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sizeof(int)..], first);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[(2 * sizeof(int))..], number);
        return (uint)(nuint)answer | ((ulong)NumberBytes << LengthBits);
    }
}
