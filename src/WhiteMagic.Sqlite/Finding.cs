namespace WhiteMagic.Sqlite;

/// <summary>How bad a finding is.</summary>
public enum FindingLevel
{
    Ok,

    /// <summary>Nothing is lost or wrong yet, but something should be done.</summary>
    Warning,
    Failure,
}

/// <summary>What can be repaired without loss, because it follows from what the memories and the ledger themselves say.</summary>
public enum RepairKind
{
    None,
    SearchIndex,
    TagIndex,
    Places,
    Mirror,
}

/// <summary>What one check found. No record, whose comparisons nobody needs and everybody would carry.</summary>
/// <param name="galaxy">The galaxy; empty for what concerns the whole state root.</param>
/// <param name="level">How bad it is.</param>
/// <param name="check">What was looked at.</param>
/// <param name="text">What was found.</param>
/// <param name="advice">What to do; empty when nothing need be done.</param>
/// <param name="repair">How <see cref="Repairs"/> can mend it.</param>
public sealed class Finding(string galaxy, FindingLevel level, string check, string text, string advice = "", RepairKind repair = RepairKind.None)
{
    public string Galaxy { get; } = galaxy;

    public FindingLevel Level { get; } = level;

    public string Check { get; } = check;

    public string Text { get; } = text;

    public string Advice { get; } = advice;

    public RepairKind Repair { get; } = repair;
}
