using System;
using WhiteMagic.Governance.Karma;

namespace WhiteMagic.Governance.Scoring;

/// <summary>Deeds that did not do what they declare, counted by effect, and what they owe.</summary>
public sealed class Debts
{
    private const int EffectCount = (int)Effect.External + 1;

    private readonly long[] _mismatches = new long[EffectCount];

    /// <summary>Counts the deeds of a summary row.</summary>
    public void Add(in KarmaSummaryRow row)
    {
        if ((uint)row.Effect < EffectCount)
        {
            _mismatches[(int)row.Effect] += KarmaDebt.Mismatches(row);
        }
    }

    /// <summary>What they owe: the larger of what we reckon and what the karma module does; without one, or without its answer, the former.</summary>
    public double Total(IScorer? scorer)
    {
        double own = 0;
        for (int effect = 1; effect < EffectCount; effect++)
        {
            own += Policies.Karma.Of(effect, _mismatches[effect]);
        }

        Span<byte> answer = stackalloc byte[AnswerFormat.MostBytes];
        return scorer?.Ask(ScorerKind.Karma, RecordOf(_mismatches.AsSpan(1)), answer) is { Length: > 0 } ? Math.Max(own, AnswerFormat.NumberOf(answer)) : own;
    }

    /// <summary>The record of the deeds of each effect, reads first.</summary>
    public static byte[] RecordOf(ReadOnlySpan<long> mismatches)
    {
        var record = new RecordBuffer();
        record.Int32(Policies.Record.Version);
        record.Int32(mismatches.Length);
        for (int i = 0; i < mismatches.Length; i++)
        {
            record.Int32(i + 1);
            record.Int32(0);
            record.Int64(mismatches[i]);
        }

        return record.Span.ToArray();
    }
}
