namespace WhiteMagic.Memory.Recall;

/// <summary>A date as far as a question tells it; what it leaves out is 0.</summary>
internal struct PartialDate
{
    internal int Year;
    internal int Month;
    internal int Day;

    /// <summary>What a date in digits is with the month first, as days since 1970-01-01; the same as without when there is no other reading.</summary>
    internal int Other;

    internal bool HasOther;

    /// <summary>The token after it.</summary>
    internal int End;

    internal readonly bool IsDayAlone => Month == 0 && Year == 0;

    internal readonly bool IsYearAlone => Month == 0 && Year != 0;

    internal readonly int First => CivilDay.Of(Year, Month == 0 ? 1 : Month, Day == 0 ? 1 : Day);

    internal readonly int Last => Month == 0 ? CivilDay.Of(Year + 1, 1, 1) - 1 : Day == 0 ? CivilDay.Of(Year, Month + 1, 1) - 1 : First;

    /// <summary>Whether there is such a date.</summary>
    internal readonly bool Exists => Month == 0 ? Year != 0 && Day == 0 : Day == 0 || CivilDay.Exists(Year, Month, Day);
}
