using System;

namespace WhiteMagic.Governance;

/// <summary>One call as governance sees it: who wants to do what, with which arguments, to which galaxy.</summary>
public sealed class Deed
{
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
}
