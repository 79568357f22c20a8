using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Policies;

/// <summary>How healthy a state root is, all in all.</summary>
public static unsafe class Harmony
{
    /// <summary>Bytes of the record before its dimensions: the version and their count.</summary>
    public const int HeadBytes = 8;

    private static ReadOnlySpan<double> Weights => [0.15, 0.10, 0.15, 0.20, 0.15, 0.15, 0.10];

    /// <summary>The score of a record's dimensions.</summary>
    /// <returns>Pointer and length of the answer, or 0 when the record is none.</returns>
    [WasmExport("harmony_score")]
    public static ulong Score(byte* record, int length)
    {
        if (length < 0 || !KernelMemory.IsInside(record, (uint)length))
        {
            return 0;
        }

        // SAFETY: so many bytes are there.
        return TryScore(new ReadOnlySpan<byte>(record, length), out double score) ? Record.Answer(0, score) : 0;
    }

    /// <summary>The same of a record in managed memory; false when it is none.</summary>
    public static bool TryScore(ReadOnlySpan<byte> record, out double score)
    {
        score = double.NaN;
        if (record.Length != HeadBytes + (Weights.Length * sizeof(double)) || Record.Int32(record, 0) != Record.Version || Record.Int32(record, sizeof(int)) != Weights.Length)
        {
            return false;
        }

        Span<double> values = stackalloc double[7];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Record.Number(record, HeadBytes + (i * sizeof(double)));
        }

        score = Of(values);
        return true;
    }

    /// <summary>The mean of what was measured, weighted; what was not measured is not a number, and so is the mean when nothing was.</summary>
    /// <param name="values">Balance, throughput, latency, errors, dharma, debt, energy; 0..1.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                sum += Weights[i] * values[i];
                weights += Weights[i];
            }
        }

        return weights > 0 ? sum / weights : double.NaN;
    }
}
