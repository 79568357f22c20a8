using System;
using System.Collections.Generic;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Governance.Scoring;

namespace WhiteMagic.Governance.Harmony;

/// <summary>
/// The health of a state root over the last five minutes, from the calls of all its processes: seven dimensions from 0 to 1, 1 is healthy, null
/// where nothing was measured. The formulas are in docs/health.md.
/// </summary>
public sealed class HarmonyVector
{
    /// <summary>The window, in seconds.</summary>
    public const int WindowSeconds = 300;

    /// <summary>At most so many calls are looked at, the newest.</summary>
    public const int MostCalls = 2000;

    /// <summary>The names of the dimensions, in the order of <see cref="Values"/>.</summary>
    public static readonly string[] Names = ["balance", "throughput", "latency", "error_rate", "dharma", "karma_debt", "energy"];

    private const double MsOfSecond = 1000;
    private const double UsOfMs = 1000;
    private const double SlowMs = 1000;
    private const double SecondsOfMinute = 60;

    private HarmonyVector(double?[] values, IScorer? scorer)
    {
        Values = values;
        Score = HarmonyScore.Of(values, scorer);
    }

    /// <summary>The dimensions, 0..1 or null.</summary>
    public IReadOnlyList<double?> Values { get; }

    /// <summary>The mean of what was measured, weighted; null when nothing was.</summary>
    public double? Score { get; }

    /// <summary>Calls in the window, refused ones too.</summary>
    public int Calls { get; private init; }

    /// <summary>Calls that failed.</summary>
    public int Errors { get; private init; }

    /// <summary>Calls that were refused, or whose arguments were wrong.</summary>
    public int Refusals { get; private init; }

    /// <summary>Calls that did not do what their tool declares.</summary>
    public int Mismatches { get; private init; }

    /// <summary>What they owe.</summary>
    public double Debt { get; private init; }

    /// <summary>Share of calls that change something; null without calls.</summary>
    public double? RajasicRatio { get; private init; }

    /// <summary>Median of the durations, in milliseconds; null without calls.</summary>
    public double? P50Ms { get; private init; }

    /// <summary>95th percentile of the durations, in milliseconds; null without calls.</summary>
    public double? P95Ms { get; private init; }

    /// <summary>Computes it from calls, those in the window count.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="nowMs">The window's end, milliseconds since 1970-01-01 UTC.</param>
    /// <param name="scorer">Modules that may see more debt and less health; null when there are none.</param>
    public static HarmonyVector Of(IReadOnlyList<CallEvent> calls, long nowMs, IScorer? scorer = null)
    {
        double[] durations = new double[calls.Count];
        int count = 0;
        int rajasic = 0;
        int errors = 0;
        int refusals = 0;
        int mismatches = 0;
        int slow = 0;
        var debts = new Debts();
        double score = 0;
        long firstMs = nowMs;
        foreach (CallEvent call in calls)
        {
            if (call.TimeMs <= nowMs - (WindowSeconds * (long)MsOfSecond) || call.TimeMs > nowMs + MsOfSecond)
            {
                continue;
            }

            double ms = call.DurationUs / UsOfMs;
            durations[count++] = ms;
            rajasic += call.Effect == Effect.Read ? 0 : 1;
            errors += call.IsError ? 1 : 0;
            refusals += call.IsRefused ? 1 : 0;
            slow += ms > SlowMs ? 1 : 0;
            score += call.Score;
            firstMs = Math.Min(firstMs, call.TimeMs);
            var row = new KarmaSummaryRow(call.Tool, "", call.Effect, call.Outcome, 1, call.Changed, call.Changed == 0 ? 1 : 0);
            debts.Add(row);
            mismatches += KarmaDebt.Mismatches(row) > 0 ? 1 : 0;
        }

        if (count == 0)
        {
            return new HarmonyVector(new double?[Names.Length], null);
        }

        double p95 = OrderStatistic.Of(durations.AsSpan(0, count), (int)Math.Min(count - 1, Math.Ceiling(count * 0.95) - 1));
        double debt = debts.Total(scorer);
        double perMinute = count / Math.Max((nowMs - firstMs) / MsOfSecond / SecondsOfMinute, 1);
        return new HarmonyVector(
        [
            Math.Max(0, 1 - (2 * Math.Abs(((double)rajasic / count) - 0.5))),
            perMinute < 1 ? 0.5 : perMinute <= 60 ? 1 : Math.Max(0.2, 1 - ((perMinute - 60) / 200)),
            OfLatency(p95 / MsOfSecond),
            Math.Max(0, 1 - (5.0 * errors / count)),
            score / count,
            Math.Max(0, 1 - (debt / 10)),
            Math.Max(0, 1 - (2.0 * slow / count)),
        ], scorer)
        {
            Calls = count,
            Errors = errors,
            Refusals = refusals,
            Mismatches = mismatches,
            Debt = debt,
            RajasicRatio = (double)rajasic / count,
            P50Ms = OrderStatistic.Of(durations.AsSpan(0, count), (count - 1) / 2),
            P95Ms = p95,
        };
    }

    private static double OfLatency(double seconds) =>
        seconds <= 0.5 ? 1 : seconds <= 2 ? 1 - (0.2 * (seconds - 0.5)) : Math.Max(0.2, 0.7 - (0.0625 * (seconds - 2)));
}
