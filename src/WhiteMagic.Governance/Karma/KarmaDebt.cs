namespace WhiteMagic.Governance.Karma;

/// <summary>What a gap between the declared and the real effect costs.</summary>
public static class KarmaDebt
{
    /// <summary>Debt of the deeds behind one summary row: only deeds that were carried out can owe.</summary>
    public static double Of(in KarmaSummaryRow row) => Policies.Karma.Of((int)row.Effect, Mismatches(row));

    /// <summary>How many of the deeds did not do what they declare.</summary>
    public static long Mismatches(in KarmaSummaryRow row)
    {
        if (row.Outcome != Outcomes.Ok)
        {
            return 0;
        }

        return row.Effect switch
        {
            Effect.Read => row.Calls - row.CallsWithoutChange,
            Effect.Write when ChangesNoMemory(row.Tool) => 0,
            Effect.Write or Effect.Delete => row.CallsWithoutChange,
            _ => 0,
        };
    }

    // Writes that make a place for memories or change a setting, and none of the memories.
    private static bool ChangesNoMemory(string tool) => tool is "galaxy_create" or "set_dharma_profile";
}
