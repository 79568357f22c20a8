using System.Collections.Generic;
using WhiteMagic.Governance.Detection;

namespace WhiteMagic.Governance.Dharma;

/// <summary>What the rules say about a deed.</summary>
public sealed class Judgement
{
    /// <summary>No rule matches.</summary>
    public static Judgement Nothing { get; } = new() { Rules = [], Action = null, Severity = 0, Secret = null };

    /// <summary>The rules that match.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>The strictest of their actions; null when none matches.</summary>
    public required RuleAction? Action { get; init; }

    /// <summary>The highest of their severities, 0..1.</summary>
    public required double Severity { get; init; }

    /// <summary>The first credential that a rule asked for and that was found, in the texts of the arguments.</summary>
    public required Sighting? Secret { get; init; }

    /// <summary>The names of the rules that match.</summary>
    public IReadOnlyList<string> RuleNames
    {
        get
        {
            string[] names = new string[Rules.Count];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = Rules[i].Name;
            }

            return names;
        }
    }

    /// <summary>1 - the highest severity: 1 is harmless.</summary>
    public double Score => 1 - Severity;
}
