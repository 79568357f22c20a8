namespace WhiteMagic.Memory.Recall;

/// <summary>The units of time that questions count in; the digits are those of <see cref="TimeLexicon"/>.</summary>
internal enum TimeUnit : byte
{
    Hour,
    Day,
    Week,
    Month,
    Year,
    Weekend,
    Fortnight,
}
