using System;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>The buffers of one column of the open batch. Which of them are used follows from the column's kind.</summary>
internal struct ArrowColumn
{
    // One bit a row, set when there is a value.
    public GrowingBytes Validity;

    // For text and lists: rows + 1 ends, the first of them 0.
    public GrowingBytes Offsets;

    // UTF-8 bytes or doubles.
    public GrowingBytes Values;

    public int NullCount;

    /// <summary>An omitted bitmap says that nothing is null.</summary>
    public readonly ReadOnlySpan<byte> WrittenValidity => NullCount == 0 ? default : Validity.Span;

    public bool TryReserve(int rows, uint valueBytes) =>
        Validity.TryReserve(1) && Offsets.TryReserve(((uint)rows + 1) * sizeof(int)) && Values.TryReserve(valueBytes);

    public void BeginBatch(bool hasOffsets)
    {
        Validity.Truncate(0);
        Offsets.Truncate(0);
        Values.Truncate(0);
        NullCount = 0;
        if (hasOffsets)
        {
            Offsets.AppendInt32(0);
        }
    }

    /// <summary>Notes whether row <paramref name="row"/> has a value; rows come in order.</summary>
    public void Mark(int row, bool isPresent)
    {
        if ((row & 7) == 0)
        {
            Validity.AppendZeroes(1);
        }

        if (isPresent)
        {
            Validity.SetBit(row);
        }
        else
        {
            NullCount++;
        }
    }

    public void AppendText(ReadOnlySpan<byte> text)
    {
        Values.Append(text);
        Offsets.AppendInt32((int)Values.Count);
    }

    public void Free()
    {
        Validity.Free();
        Offsets.Free();
        Values.Free();
    }
}
