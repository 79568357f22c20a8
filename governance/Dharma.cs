using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Policies;

/// <summary>How strict the rules that match a deed are, together.</summary>
public static unsafe class Dharma
{
    /// <summary>Bytes of the record before the rules.</summary>
    public const int HeadBytes = 24;

    /// <summary>Bytes of a rule that matches: its action, four that are zero, its severity.</summary>
    public const int RuleBytes = 16;

    private const int RuleCountOffset = 12;
    private const int SeverityOffset = 8;

    /// <summary>The strictest action and the highest severity of the rules in a record; the texts behind them do not count here.</summary>
    /// <returns>Pointer and length of the answer, or 0 when the record is none.</returns>
    [WasmExport("dharma_evaluate")]
    public static ulong Evaluate(byte* record, int length)
    {
        if (length < 0 || !KernelMemory.IsInside(record, (uint)length))
        {
            return 0;
        }

        // SAFETY: so many bytes are there.
        (int action, double severity) = Sum(new ReadOnlySpan<byte>(record, length));
        return action < 0 ? 0 : Record.Answer(action, severity);
    }

    /// <summary>The same of a record in managed memory; the action is -1 when it is none.</summary>
    public static (int Action, double Severity) Sum(ReadOnlySpan<byte> record)
    {
        int count = record.Length < HeadBytes ? -1 : Record.Int32(record, RuleCountOffset);
        if (count < 0 || Record.Int32(record, 0) != Record.Version || count > (record.Length - HeadBytes) / RuleBytes)
        {
            return (-1, 0);
        }

        int action = 0;
        double severity = 0;
        for (int i = 0; i < count; i++)
        {
            int at = HeadBytes + (i * RuleBytes);
            action = Math.Max(action, Record.Int32(record, at));
            double own = Record.Number(record, at + SeverityOffset);
            severity = own > severity ? own : severity;
        }

        return (action, severity);
    }
}
