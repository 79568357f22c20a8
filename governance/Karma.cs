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
        if (length < 0 || !KernelMemory.IsInside(record, (uint)length))
        {
            return 0;
        }

        // SAFETY: so many bytes are there.
        return TrySum(new ReadOnlySpan<byte>(record, length), out double debt) ? Record.Answer(0, debt) : 0;
    }

    /// <summary>The same of a record in managed memory; false when it is none.</summary>
    public static bool TrySum(ReadOnlySpan<byte> record, out double debt)
    {
        debt = 0;
        int count = record.Length < HeadBytes ? -1 : Record.Int32(record, sizeof(int));
        if (count < 0 || Record.Int32(record, 0) != Record.Version || count != (record.Length - HeadBytes) / RowBytes)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            int at = HeadBytes + (i * RowBytes);
            debt += Of(Record.Int32(record, at), Record.Int64(record, at + (2 * sizeof(int))));
        }

        return true;
    }

    /// <summary>The debt of deeds that did not do what they declare: 1 reads, 2 writes, 3 deletes.</summary>
    public static double Of(int effect, long mismatches) => mismatches * (effect == 1 ? HiddenWrite : effect == 2 ? EmptyWrite : effect == 3 ? EmptyDelete : 0);
}
