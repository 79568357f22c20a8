using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Memory.Recall;

/// <summary>Days since 1970-01-01 and dates of the proleptic Gregorian calendar, for any day: the framework's types throw outside of the years 1 to 9999.</summary>
internal static class CivilDay
{
    private const int EraDays = 146_097;
    private const long DayMs = 86_400_000;
    private const long MinMs = -62_135_596_800_000;
    private const long MaxMs = 253_402_300_799_999;

    /// <summary>The day of a time in UTC, held to the years that times can have.</summary>
    internal static int OfTime(long ms)
    {
        ms = Math.Clamp(ms, MinMs, MaxMs);
        return (int)((ms - MinMs) / DayMs) + (int)(MinMs / DayMs);
    }

    /// <summary>The number of a day; a month outside of 1 to 12 counts on into other years, a day outside of the month into other months.</summary>
    internal static int Of(int year, int month, int day)
    {
        int months = (year * 12) + month - 3;
        year = FloorDivide(months, 12);
        int era = FloorDivide(year, 400);
        int yearOfEra = year - (era * 400);
        int dayOfYear = (((153 * (months - (year * 12))) + 2) / 5) + day - 1;
        return (era * EraDays) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }

    /// <summary>The date of a day.</summary>
    internal static (int Year, int Month, int Day) ToDate(long number)
    {
        // By eras of 400 years that begin in March, so that the day which some years lack is the last (H. Hinnant, "chrono-compatible low-level date algorithms").
        number += 719_468;
        long era = (number >= 0 ? number : number - EraDays + 1) / EraDays;
        int dayOfEra = (int)(number - (era * EraDays));
        int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        int dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        int fromMarch = ((5 * dayOfYear) + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        return ((int)(yearOfEra + (era * 400)) + (month <= 2 ? 1 : 0), month, dayOfYear - (((153 * fromMarch) + 2) / 5) + 1);
    }

    /// <summary>Whether a month of some year has such a day; year 0 stands for any.</summary>
    internal static bool Exists(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= (month == 2 && year == 0 ? 29 : Of(year, month + 1, 1) - Of(year, month, 1));

    /// <summary>The day of the week, 0 for Monday.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Weekday(int number) => (int)((number + 3 + 7_000_000L) % 7);

    private static int FloorDivide(int value, int by) => (value >= 0 ? value : value - by + 1) / by;
}
