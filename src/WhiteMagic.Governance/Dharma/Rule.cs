namespace WhiteMagic.Governance.Dharma;

/// <summary>A rule as it is in force.</summary>
public sealed class Rule
{
    /// <summary>The profile whose rules are always in force.</summary>
    public const string DefaultProfile = "default";

    internal Rule(Matchers match, Matchers? unless)
    {
        Match = match;
        Unless = unless;
    }

    /// <summary>What the ledger and refusals call it.</summary>
    public required string Name { get; init; }

    /// <summary>The profile that it came from.</summary>
    public required string Profile { get; init; }

    /// <summary>For people; empty when there is none.</summary>
    public required string Description { get; init; }

    /// <summary>What it does.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>How grave it is, 0..1.</summary>
    public required double Severity { get; init; }

    /// <summary>What the caller is told; empty when there is nothing.</summary>
    public required string Explain { get; init; }

    /// <summary>Where it was written: a file and line, or <c>built-in</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What it matches, in one line.</summary>
    public string Conditions => Unless is null ? Match.Signature : Match.Signature + " unless {" + Unless.Signature + "}";

    internal Matchers Match { get; }

    internal Matchers? Unless { get; }

    /// <summary>Whether it matches; tool and effect were asked before.</summary>
    internal bool Matches(Facts facts) => Match.HoldRest(facts) && Unless?.Hold(facts) != true;
}
