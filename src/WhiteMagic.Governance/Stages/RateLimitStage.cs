using System;
using System.Globalization;
using WhiteMagic.Kernels.RateLimiter;

namespace WhiteMagic.Governance.Stages;

/// <summary>
/// Admits so many calls a minute of each tool and of all, counted in memory that the processes of a state root share. Recalls are counted apart
/// from all other calls, so that no burst of writes keeps memory from being read.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="table">Opens the shared table; asked at each call, since the root may come into being meanwhile.</param>
/// <param name="time">The clock, which all processes share.</param>
public sealed class RateLimitStage(RateLimits limits, Func<RateTable> table, TimeProvider time) : IStage
{
    private const int MsOfSecond = 1000;

    /// <inheritdoc/>
    public string Name => "rate limit";

    /// <summary>Calls that this process refused.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The limits in force.</summary>
    public RateLimits Limits => limits;

    /// <summary>Whether a tool can be called however many calls there were: those that tell why others cannot.</summary>
    public static bool IsExempt(string tool) => tool is "gnosis" or "rate_limiter_stats";

    /// <inheritdoc/>
    public void Hear(Hearing hearing)
    {
        Deed deed = hearing.Deed;
        if (IsExempt(deed.Tool))
        {
            return;
        }

        bool isHttp = deed.Budget.Length > 0;
        int most = limits.Of(deed.Tool, isHttp);
        int mostOfAll = limits.OfAll(isHttp);
        int waitMs = table().Acquire(KeyOf(deed.Tool, deed.Budget), most, GroupOf(deed.IsRecall, deed.Budget), mostOfAll, NowMs);
        if (waitMs < 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the rate limiter answered {waitMs}"));
        }

        if (waitMs > 0)
        {
            RefusedCount++;
            int seconds = (waitMs + MsOfSecond - 1) / MsOfSecond;
            hearing.Refuse(Outcomes.RateLimited,
                string.Create(CultureInfo.InvariantCulture, $"{deed.Tool} was called too often: {most} calls a minute of one tool are allowed here, and {mostOfAll} of all"),
                string.Create(CultureInfo.InvariantCulture, $"try again in {seconds} s; rate_limiter_stats shows what is used, config.yaml has the limits"), seconds);
        }
    }

    /// <summary>How many milliseconds a call of this tool by a local caller would have to wait now; 0 when it would be admitted. Nothing is used up.</summary>
    public int WaitMs(string tool, bool isRecall) =>
        IsExempt(tool) ? 0 : Math.Max(0, table().Peek(KeyOf(tool, ""), limits.Of(tool, isHttp: false), GroupOf(isRecall, ""), limits.OfAll(isHttp: false), NowMs));

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static ulong KeyOf(string tool, string budget) => Hash(tool, Hash(budget, 14695981039346656037));

    private static ulong GroupOf(bool isRecall, string budget) => Hash(budget, isRecall ? 3UL : 5UL);

    // FNV-1a; the table spreads it.
    private static ulong Hash(string text, ulong hash)
    {
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }
}
