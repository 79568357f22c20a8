using System.Collections.Generic;
using WhiteMagic.Governance.Detection;

namespace WhiteMagic.Governance.Dharma;

/// <summary>What the rules say about a deed.</summary>
/// <param name="Rules">The rules that match, in the order in which they are listed.</param>
/// <param name="Action">The strictest of their actions; null when none matches.</param>
/// <param name="Severity">The highest of their severities, 0..1.</param>
/// <param name="Secret">The first credential that a rule asked for and that was found, in the texts of the arguments.</param>
public sealed record Judgement(IReadOnlyList<Rule> Rules, RuleAction? Action, double Severity, Sighting? Secret)
{
    /// <summary>No rule matches.</summary>
    public static Judgement Nothing { get; } = new([], null, 0, null);

    /// <summary>1 - the highest severity: 1 is harmless.</summary>
    public double Score => 1 - Severity;
}
