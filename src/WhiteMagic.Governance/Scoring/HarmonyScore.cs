using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Scoring;

/// <summary>The health of a state root as one number.</summary>
public static class HarmonyScore
{
    /// <summary>The smaller of what we reckon and what the harmony module does; null when nothing was measured.</summary>
    public static double? Of(IReadOnlyList<double?> dimensions, IScorer? scorer)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        double[] values = new double[dimensions.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = dimensions[i] ?? double.NaN;
        }

        double own = Policies.Harmony.Of(values);
        Span<byte> answer = stackalloc byte[AnswerFormat.MostBytes];
        if (!double.IsNaN(own) && scorer?.Ask(ScorerKind.Harmony, RecordOf(values), answer) is { Length: > 0 } && AnswerFormat.NumberOf(answer) is var other && other < own)
        {
            own = other;
        }

        return double.IsNaN(own) ? null : own;
    }

    /// <summary>The record of dimensions; what was not measured is not a number.</summary>
    public static byte[] RecordOf(ReadOnlySpan<double> dimensions)
    {
        var record = new RecordBuffer();
        record.Int32(Policies.Record.Version);
        record.Int32(dimensions.Length);
        foreach (double dimension in dimensions)
        {
            record.Number(dimension);
        }

        return record.Span.ToArray();
    }
}
