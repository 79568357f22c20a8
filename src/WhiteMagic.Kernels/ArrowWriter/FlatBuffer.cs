using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>
/// Writes a FlatBuffer forwards, into zeroed bytes that are large enough. Offsets in the format point forwards only, so what is pointed to is
/// written after what points to it, and the offset is set when the place is known. Tables and vectors begin so that 8-byte fields and
/// elements are aligned.
/// </summary>
internal ref struct FlatBuffer(Span<byte> bytes)
{
    private const int Alignment = 8;

    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Begins with the offset of the root, which is written next.</summary>
    public int Root(ReadOnlySpan<ushort> vtable)
    {
        Count = sizeof(uint);
        int table = Table(vtable);
        Link(0, table);
        return table;
    }

    /// <summary>Writes a vtable (its bytes, the table's bytes, the fields' places) and an empty table; returns where the table is.</summary>
    public int Table(ReadOnlySpan<ushort> vtable)
    {
        Align(0);
        int start = Count;
        for (int i = 0; i < vtable.Length; i++)
        {
            Set(start + (i * sizeof(ushort)), vtable[i]);
        }

        Count += vtable.Length * sizeof(ushort);
        Align(0);
        int table = Count;
        Set(table, table - start);
        Count += vtable[1];
        return table;
    }

    /// <summary>Writes the count of a vector and leaves its elements zero; returns where the first element is.</summary>
    public int Vector(int count, int elementBytes)
    {
        Align(sizeof(uint));
        Set(Count, count);
        int elements = Count + sizeof(uint);
        Count = elements + (count * elementBytes);
        return elements;
    }

    /// <summary>Writes a string; returns where its characters are.</summary>
    public int Text(ReadOnlySpan<byte> text)
    {
        int characters = Vector(text.Length, 1);
        text.CopyTo(_bytes[characters..]);

        // The format wants a zero behind the characters.
        Count++;
        return characters;
    }

    /// <summary>Makes the offset at <paramref name="at"/> point to a table.</summary>
    public readonly void Link(int at, int table) => Set(at, table - at);

    /// <summary>Makes the offset at <paramref name="at"/> point to the vector or string whose first element is given.</summary>
    public readonly void LinkVector(int at, int elements) => Link(at, elements - sizeof(uint));

    public readonly void Set<T>(int at, T value)
        where T : unmanaged
    {
        if ((uint)at > (uint)(_bytes.Length - Unsafe.SizeOf<T>()))
        {
            throw new InvalidOperationException();
        }

        Unsafe.WriteUnaligned(ref _bytes[at], value);
    }

    // Moves on to the next place that is `phase` beyond a multiple of 8.
    private void Align(int phase) => Count += (phase - Count) & (Alignment - 1);
}
