using WhiteMagic.Yaml;

namespace WhiteMagic.Governance.Dharma;

/// <summary>A rule as it was written; what it does not say is null and comes from the rule of the same name that it changes.</summary>
internal sealed class RuleDraft
{
    internal required string Name { get; init; }

    internal required string Profile { get; init; }

    /// <summary>Where it stands.</summary>
    internal required YamlNode Node { get; init; }

    internal string? Description { get; init; }

    internal RuleAction? Action { get; init; }

    internal double? Severity { get; init; }

    internal string? Explain { get; init; }

    /// <summary>Null when it gives no matcher at all.</summary>
    internal Matchers? Match { get; init; }

    internal Matchers? Unless { get; init; }

    /// <summary>This draft, with what it does not say as an earlier one says it.</summary>
    internal RuleDraft Over(RuleDraft? earlier) => earlier is null ? this : new RuleDraft
    {
        Name = Name,
        Profile = Profile,
        Node = Node,
        Description = Description ?? earlier.Description,
        Action = Action ?? earlier.Action,
        Severity = Severity ?? earlier.Severity,
        Explain = Explain ?? earlier.Explain,

        // Conditions go together: half of them from elsewhere would surprise.
        Match = Match ?? earlier.Match,
        Unless = Match is null ? Unless ?? earlier.Unless : Unless,
    };
}
