using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance.Stages;

/// <summary>How many calls a minute are admitted.</summary>
public sealed class RateLimits
{
    /// <summary>The window that the limits are of, in milliseconds.</summary>
    public const int WindowMs = 60_000;

    /// <summary>The largest limit.</summary>
    public const int Most = 1_000_000;

    /// <summary>All calls of local callers together; recalls have as many of their own.</summary>
    public int Overall { get; init; } = 600_000;

    /// <summary>Calls of one tool by local callers.</summary>
    public int PerTool { get; init; } = 600_000;

    /// <summary>Tools with another limit than <see cref="PerTool"/>.</summary>
    public IReadOnlyDictionary<string, int> Tools { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>All calls with one token over HTTP.</summary>
    public int HttpOverall { get; init; } = 300;

    /// <summary>Calls of one tool with one token over HTTP.</summary>
    public int HttpPerTool { get; init; } = 60;

    /// <summary>How many more than the limit are admitted at once over HTTP.</summary>
    public int HttpBurst { get; init; } = 10;

    /// <summary>The limit of a tool.</summary>
    public int Of(string tool, bool isHttp) => isHttp ? HttpPerTool + HttpBurst : Tools.TryGetValue(tool, out int own) ? own : PerTool;

    /// <summary>The limit of all calls.</summary>
    public int OfAll(bool isHttp) => isHttp ? HttpOverall + HttpBurst : Overall;
}
