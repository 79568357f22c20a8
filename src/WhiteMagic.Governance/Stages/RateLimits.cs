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
    public IReadOnlyList<ToolLimit> Tools { get; init; } = [];

    /// <summary>All calls with one token over HTTP.</summary>
    public int HttpOverall { get; init; } = 300;

    /// <summary>Calls of one tool with one token over HTTP.</summary>
    public int HttpPerTool { get; init; } = 60;

    /// <summary>How many more than the limit are admitted at once over HTTP.</summary>
    public int HttpBurst { get; init; } = 10;

    /// <summary>The limit of a tool.</summary>
    public int Of(string tool, bool isHttp) => isHttp ? HttpPerTool + HttpBurst : OwnOf(tool)?.PerMinute ?? PerTool;

    /// <summary>The limit that a tool has of its own; null when it has none.</summary>
    public ToolLimit? OwnOf(string tool)
    {
        foreach (ToolLimit limit in Tools)
        {
            if (limit.Tool == tool)
            {
                return limit;
            }
        }

        return null;
    }

    /// <summary>The limit of all calls.</summary>
    public int OfAll(bool isHttp) => isHttp ? HttpOverall + HttpBurst : Overall;
}

/// <summary>The limit of one tool.</summary>
/// <param name="tool">Its name.</param>
/// <param name="perMinute">Calls a minute.</param>
public sealed class ToolLimit(string tool, int perMinute)
{
    /// <summary>Its name.</summary>
    public string Tool { get; } = tool;

    /// <summary>Calls a minute.</summary>
    public int PerMinute { get; } = perMinute;
}
