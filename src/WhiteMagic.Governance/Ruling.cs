using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance;

/// <summary>What governance decided about a deed.</summary>
public sealed class Ruling
{
    private Ruling()
    {
    }

    /// <summary>The permit of an allowed deed; null when it was refused.</summary>
    public Permit? Permit { get; private init; }

    /// <summary>Error code of a refusal; <c>ok</c> when allowed.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why a deed was refused, for the caller; empty when allowed.</summary>
    public required string Explanation { get; init; }

    /// <summary>What a refused caller can do next; empty when there is nothing to say.</summary>
    public required string Hint { get; init; }

    /// <summary>After how many seconds a refused deed may be tried again; null when waiting does not help.</summary>
    public required int? RetryAfterSeconds { get; init; }

    /// <summary>Names of the rules that matched, joined by commas; empty when none did.</summary>
    public required string Rules { get; init; }

    /// <summary>1 - the highest severity among the rules that matched: 1 is harmless.</summary>
    public required double Score { get; init; }

    /// <summary>What the caller of an allowed deed should be told.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>How long an allowed deed has to wait, in milliseconds.</summary>
    public required int DelayMs { get; init; }

    /// <summary>The arguments with which an allowed deed is to be done, when a rule took something out of them; null when as given.</summary>
    public required ReadOnlyMemory<byte>? Redacted { get; init; }

    internal static Ruling Of(Hearing hearing, Permit? permit) => new()
    {
        Outcome = hearing.Outcome,
        Explanation = hearing.Explanation,
        Hint = hearing.Hint,
        RetryAfterSeconds = hearing.RetryAfterSeconds,
        Rules = permit?.Rules ?? NamesOf(hearing),
        Score = 1 - hearing.Severity,
        Warnings = hearing.Warnings,
        DelayMs = hearing.DelayMs,
        Redacted = hearing.Redacted,
        Permit = permit,
    };

    internal static string NamesOf(Hearing hearing) => string.Join(',', hearing.Rules);
}
