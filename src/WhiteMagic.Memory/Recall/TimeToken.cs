namespace WhiteMagic.Memory.Recall;

/// <summary>A word, a number or a sign of a question.</summary>
internal struct TimeToken
{
    internal TimeWordKind Kind;

    /// <summary>Whether it begins with a capital and goes on in small letters.</summary>
    internal bool IsCapital;

    /// <summary>Whether a number has the ending of an ordinal, or a sign that says it is a day or a year.</summary>
    internal bool IsOrdinal;

    internal int Value;

    /// <summary>A date's other reading, the most of a count; else what <see cref="Value"/> is.</summary>
    internal int Other;
}
