namespace WhiteMagic.Sqlite;

/// <summary>How bad a finding is.</summary>
public enum FindingLevel
{
    Ok,

    /// <summary>Nothing is lost or wrong yet, but something should be done.</summary>
    Warning,
    Failure,
}

/// <summary>What can be repaired without loss, because it follows from what the memories themselves say.</summary>
public enum RepairKind
{
    None,
    FullTextIndex,
    TagIndex,
}

/// <summary>What one check found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do; empty when nothing need be done.</param>
/// <param name="Repair">How <see cref="Repairs"/> can mend it.</param>
public sealed record Finding(FindingLevel Level, string Check, string Text, string Advice = "", RepairKind Repair = RepairKind.None);
