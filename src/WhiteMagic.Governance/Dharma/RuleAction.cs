using System;

namespace WhiteMagic.Governance.Dharma;

/// <summary>What a rule does with a deed that it matches, from the mildest to the strictest.</summary>
public enum RuleAction
{
    /// <summary>Its name goes into the ledger.</summary>
    Log = 1,

    /// <summary>The answer says that it matched, too.</summary>
    Tag = 2,

    /// <summary>The answer says why, too.</summary>
    Warn = 3,

    /// <summary>The deed waits.</summary>
    Throttle = 4,

    /// <summary>Secrets are taken out of the arguments.</summary>
    Redact = 5,

    /// <summary>The deed is refused.</summary>
    Block = 6,
}

/// <summary>The names of actions, as rules spell them.</summary>
public static class RuleActions
{
    private static readonly string[] _names = ["log", "tag", "warn", "throttle", "redact", "block"];

    /// <summary>All names, from the mildest to the strictest.</summary>
    public static ReadOnlySpan<string> Names => _names;

    /// <summary>The name of an action.</summary>
    public static string NameOf(RuleAction action) => _names[(int)action - 1];

    /// <summary>The action of a name that is one.</summary>
    public static RuleAction Parse(string name) => (RuleAction)(Array.IndexOf(_names, name) + 1);
}
