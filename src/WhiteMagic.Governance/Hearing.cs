using System;
using System.Collections.Generic;

namespace WhiteMagic.Governance;

/// <summary>What the stages have found about one deed so far; the governor turns it into a ruling.</summary>
/// <param name="deed">The deed that is heard.</param>
public sealed class Hearing(Deed deed)
{
    private List<string>? _rules;
    private List<string>? _warnings;

    /// <summary>The deed that is heard.</summary>
    public Deed Deed { get; } = deed;

    /// <summary>Whether a stage has refused the deed.</summary>
    public bool IsRefused => Outcome != Outcomes.Ok;

    /// <summary>Error code of the refusal, else <c>ok</c>.</summary>
    public string Outcome { get; private set; } = Outcomes.Ok;

    /// <summary>Why it was refused.</summary>
    public string Explanation { get; private set; } = "";

    /// <summary>What a refused caller can do next.</summary>
    public string Hint { get; private set; } = "";

    /// <summary>After how many seconds a refused deed may be tried again; null when waiting does not help.</summary>
    public int? RetryAfterSeconds { get; private set; }

    /// <summary>Names of the rules that matched.</summary>
    public IReadOnlyList<string> Rules => (IReadOnlyList<string>?)_rules ?? [];

    /// <summary>The highest severity of a rule that matched, 0..1.</summary>
    public double Severity { get; private set; }

    /// <summary>What the caller should be told.</summary>
    public IReadOnlyList<string> Warnings => (IReadOnlyList<string>?)_warnings ?? [];

    /// <summary>How long the deed has to wait, in milliseconds.</summary>
    public int DelayMs { get; private set; }

    /// <summary>The arguments without what a rule took out of them; null when nothing was.</summary>
    public ReadOnlyMemory<byte>? Redacted { get; private set; }

    /// <summary>Refuses the deed; the first refusal counts.</summary>
    /// <param name="outcome">The error code.</param>
    /// <param name="explanation">Why, for the caller.</param>
    /// <param name="hint">What the caller can do next.</param>
    /// <param name="retryAfterSeconds">After how many seconds the same deed may be allowed; null when waiting does not help.</param>
    public void Refuse(string outcome, string explanation, string hint = "", int? retryAfterSeconds = null)
    {
        if (!IsRefused)
        {
            (Outcome, Explanation, Hint, RetryAfterSeconds) = (outcome, explanation, hint, retryAfterSeconds);
        }
    }

    /// <summary>Notes a rule that matched, for the ledger.</summary>
    public void Match(string rule, double severity)
    {
        (_rules ??= []).Add(rule);
        Severity = Math.Max(Severity, severity);
    }

    /// <summary>Adds what the caller should be told.</summary>
    public void Warn(string warning) => (_warnings ??= []).Add(warning);

    /// <summary>Makes the deed wait at least so long.</summary>
    public void Delay(int delayMs) => DelayMs = Math.Max(DelayMs, delayMs);

    /// <summary>Replaces the arguments (canonical JSON, UTF-8).</summary>
    public void Redact(ReadOnlyMemory<byte> arguments) => Redacted = arguments;
}
