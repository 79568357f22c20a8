using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance;

/// <summary>One call as governance sees it: who wants to do what, with which arguments, to which galaxy.</summary>
public sealed class Deed
{
    private IReadOnlyList<string>? _targetTags;

    /// <summary>The tool's listed name.</summary>
    public required string Tool { get; init; }

    /// <summary>The effect that the tool declares.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Client name and version, <c>name/version</c>; empty when the client gave none.</summary>
    public required string Agent { get; init; }

    /// <summary>The session the call belongs to; empty when it names none.</summary>
    public required string Session { get; init; }

    /// <summary>The galaxy the call works on.</summary>
    public required string Galaxy { get; init; }

    /// <summary>The arguments as canonical JSON (UTF-8): members sorted by name, no white space.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>When the call began, in milliseconds since 1970-01-01 UTC.</summary>
    public required long StartedAtMs { get; init; }

    /// <summary><see cref="TimeProvider.GetTimestamp"/> when the call began; durations are measured from it.</summary>
    public required long StartedTimestamp { get; init; }

    /// <summary>Whether it reads memory back: such calls have a budget of their own, which no burst of others uses up.</summary>
    public bool IsRecall { get; init; }

    /// <summary>Who shares a budget with whom: empty for all local callers, a token's hash over HTTP.</summary>
    public string Budget { get; init; } = "";

    /// <summary>Looks up the tags of the stored memories that the arguments name; null when they name none. Asked only when a rule wants to know.</summary>
    public Func<IReadOnlyList<string>>? FindTargetTags { get; init; }

    /// <summary>Tags of the stored memories that the call touches; looked up once.</summary>
    public IReadOnlyList<string> TargetTags => _targetTags ??= FindTargetTags?.Invoke() ?? [];
}
