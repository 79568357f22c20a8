namespace WhiteMagic.Governance.Stages;

/// <summary>When a breaker opens, and for how long.</summary>
public sealed class BreakerSettings
{
    /// <summary>So many failures of one tool open it.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>Within this time, in milliseconds.</summary>
    public int WindowMs { get; init; } = 60_000;

    /// <summary>How long it stays open before one call may try, in milliseconds.</summary>
    public int OpenMs { get; init; } = 30_000;
}
