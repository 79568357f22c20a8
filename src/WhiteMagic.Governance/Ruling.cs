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

    /// <summary>Names of the rules that decided, joined by commas; empty when none did.</summary>
    public required string Rules { get; init; }

    /// <summary>1 - the highest severity among the rules that matched: 1 is harmless.</summary>
    public required double Score { get; init; }

    internal static Ruling Allow(Deed deed) =>
        new() { Outcome = Outcomes.Ok, Explanation = "", Rules = "", Score = 1, Permit = new Permit(deed, "", 1) };

    internal static Ruling Refuse(string outcome, string explanation) =>
        new() { Outcome = outcome, Explanation = explanation, Rules = "", Score = 1 };
}
