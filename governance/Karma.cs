using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Policies;

/// <summary>What a gap between the declared and the real effect costs.</summary>
public static unsafe class Karma
{
    /// <summary>Bytes of the record before its rows: the version and their count.</summary>
    public const int HeadBytes = 8;

    /// <summary>Bytes of a row: the effect, four that are zero, and how many deeds did not do what they declare.</summary>
    public const int RowBytes = 16;

    private const double HiddenWrite = 1.0;
    private const double EmptyWrite = 0.2;
    private const double EmptyDelete = 0.1;

    /// <summary>The debt of all rows of a record.</summary>
    /// <returns>Pointer and length of the answer, or 0 when the record is none.</returns>
    [WasmExport("karma_debt")]
    public static ulong Debt(byte* record, int length)
    {
        if (length < HeadBytes || !KernelMemory.IsInside(record, (uint)length))
        {
            return 0;
        }

        // SAFETY: the host has put so many bytes there; natively the caller has.
        var bytes = new ReadOnlySpan<byte>(record, length);
        int count = Record.Int32(bytes, sizeof(int));
        if (Record.Int32(bytes, 0) != Record.Version || count < 0 || count != (length - HeadBytes) / RowBytes)
        {
            return 0;
        }

        double debt = 0;
        for (int i = 0; i < count; i++)
        {
            int at = HeadBytes + (i * RowBytes);
            debt += Of(Record.Int32(bytes, at), Record.Int64(bytes, at + (2 * sizeof(int))));
        }

        return Record.Answer(0, debt);
    }

    /// <summary>The debt of deeds that did not do what they declare: 1 reads, 2 writes, 3 deletes.</summary>
    public static double Of(int effect, long mismatches) => mismatches * (effect == 1 ? HiddenWrite : effect == 2 ? EmptyWrite : effect == 3 ? EmptyDelete : 0);
}
