using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>The days that lie at a distance from another, or next to it.</summary>
internal static class RelativeDays
{
    // Who says "two weeks ago" means some day of that week.
    private const int WeekSlackDays = 3;
    private const int MonthSlackDays = 15;

    /// <summary>Days so many units before or after a day.</summary>
    /// <param name="least">The least number of units; 0 when the unit stands alone, as in "the week before".</param>
    /// <param name="most">The most.</param>
    /// <param name="unit">A unit, a day of the week or a part of a day.</param>
    /// <param name="from">The day to count from.</param>
    /// <param name="sign">-1 for before, 1 for after.</param>
    /// <param name="range">The days.</param>
    internal static bool TryDistance(int least, int most, in TimeToken unit, int from, int sign, out DayRange range)
    {
        bool isCounted = least > 0;
        least = Math.Max(least, 1);
        most = Math.Max(most, 1);
        if (unit.Kind is TimeWordKind.Weekday or TimeWordKind.WeakWeekday)
        {
            range = DayRange.Near(NextWeekday(from, unit.Value, sign));
            return !isCounted || least == 1;
        }

        (int year, int month, _) = CivilDay.ToDate(from);
        switch (unit.Kind == TimeWordKind.PartOfDay ? TimeUnit.Day : (TimeUnit)unit.Value)
        {
            case TimeUnit.Hour:
                range = DayRange.Near(from + (sign * (least / 24)));
                return true;
            case TimeUnit.Day:
                range = least == most ? DayRange.Near(from + (sign * least)) : Between(from + (sign * least), from + (sign * most), 0);
                return true;
            case TimeUnit.Week or TimeUnit.Fortnight:
                int days = unit.Value == (int)TimeUnit.Week ? 7 : 14;
                range = isCounted ? Between(from + (sign * least * days), from + (sign * most * days), WeekSlackDays) : Between(from + sign, from + (sign * days), 0);
                return true;
            case TimeUnit.Month when isCounted:
                range = Between(AddMonths(from, sign * least), AddMonths(from, sign * most), MonthSlackDays);
                return true;
            case TimeUnit.Month:
                range = DayRange.Of(CivilDay.Of(year, month + sign, 1), CivilDay.Of(year, month + sign + 1, 1) - 1);
                return true;
            case TimeUnit.Year:
                year = sign < 0 ? year - most : year + least;
                range = DayRange.Of(CivilDay.Of(year, 1, 1), CivilDay.Of(year + most - least + 1, 1, 1) - 1);
                return true;
            default:
                int saturday = NextWeekday(from, 5, sign) + (sign * (least - 1) * 7);
                range = DayRange.Of(saturday, saturday + 1);
                return true;
        }
    }

    /// <summary>The last, this or next one of a unit, a day of the week, a season or a month; or with a count those until or from today.</summary>
    internal static bool TryNeighbour(TimeWordKind which, int least, int most, in TimeToken unit, int today, out DayRange range)
    {
        range = default;
        int sign = which == TimeWordKind.Next ? 1 : which == TimeWordKind.This ? 0 : -1;
        switch (unit.Kind)
        {
            case TimeWordKind.PartOfDay:
                range = DayRange.Near(today + sign);
                return true;
            case TimeWordKind.Weekday or TimeWordKind.WeakWeekday:
                // Past is on Tuesday, which can be today.
                int day = which == TimeWordKind.Past ? NextWeekday(today + 1, unit.Value, -1)
                    : sign == 0 ? today - CivilDay.Weekday(today) + unit.Value : NextWeekday(today, unit.Value, sign);
                range = DayRange.Near(day);
                return true;
            case TimeWordKind.Season:
                range = Returning(which, unit.Value, 3, today);
                return true;
            case TimeWordKind.Month or TimeWordKind.CapitalMonth or TimeWordKind.WeakMonth:
                range = Returning(which, unit.Value, 1, today);
                return true;
            case TimeWordKind.Unit when least > 0 || which == TimeWordKind.Past:
                return TryRolling(sign, Math.Max(most, 1), (TimeUnit)unit.Value, today, out range);
            case TimeWordKind.Unit:
                range = Calendar(sign, (TimeUnit)unit.Value, today);
                return true;
            default:
                return false;
        }
    }

    // The last three weeks: until today.
    private static bool TryRolling(int sign, int count, TimeUnit unit, int today, out DayRange range)
    {
        int far = unit switch
        {
            TimeUnit.Hour => today + (sign * ((count / 24) + 1)),
            TimeUnit.Day => today + (sign * count),
            TimeUnit.Week or TimeUnit.Weekend => today + (sign * count * 7),
            TimeUnit.Fortnight => today + (sign * count * 14),
            TimeUnit.Month => AddMonths(today, sign * count),
            _ => AddMonths(today, sign * count * 12),
        };
        range = Between(far, today, 0);
        return sign != 0;
    }

    private static DayRange Calendar(int sign, TimeUnit unit, int today)
    {
        (int year, int month, _) = CivilDay.ToDate(today);
        int monday = today - CivilDay.Weekday(today) + (sign * 7);
        return unit switch
        {
            TimeUnit.Hour => DayRange.Near(today),
            TimeUnit.Day => DayRange.Near(today + sign),
            TimeUnit.Week => DayRange.Of(monday, monday + 6),
            TimeUnit.Fortnight => DayRange.Of(monday, monday + 13),
            TimeUnit.Weekend => DayRange.Of(monday + 5, monday + 6),
            TimeUnit.Month => DayRange.Of(CivilDay.Of(year, month + sign, 1), CivilDay.Of(year, month + sign + 1, 1) - 1),
            _ => DayRange.Of(CivilDay.Of(year + sign, 1, 1), CivilDay.Of(year + sign + 1, 1, 1) - 1),
        };
    }

    // Months that return every year: the last that are over, the latest that began, those of this year, the next that begin.
    private static DayRange Returning(TimeWordKind which, int month, int monthCount, int today)
    {
        int year = CivilDay.ToDate(today).Year;
        switch (which)
        {
            case TimeWordKind.Last:
                year -= CivilDay.Of(year, month + monthCount, 1) <= today ? 0 : CivilDay.Of(year - 1, month + monthCount, 1) <= today ? 1 : 2;
                break;
            case TimeWordKind.Next:
                year += CivilDay.Of(year, month, 1) > today ? 0 : 1;
                break;
            default:
                // This winter is in January the one that began last year.
                year -= which == TimeWordKind.Past ? (CivilDay.Of(year, month, 1) > today ? 1 : 0) : CivilDay.Of(year - 1, month + monthCount, 1) > today ? 1 : 0;
                break;
        }

        return DayRange.Of(CivilDay.Of(year, month, 1), CivilDay.Of(year, month + monthCount, 1) - 1);
    }

    private static DayRange Between(int one, int other, int slackDays) => DayRange.Of(Math.Min(one, other) - slackDays, Math.Max(one, other) + slackDays);

    private static int NextWeekday(int from, int weekday, int sign)
    {
        int days = (((weekday - CivilDay.Weekday(from)) * sign) + 7) % 7;
        return from + (sign * (days == 0 ? 7 : days));
    }

    private static int AddMonths(int day, int months)
    {
        (int year, int month, int dayOfMonth) = CivilDay.ToDate(day);
        int first = CivilDay.Of(year, month + months, 1);
        return Math.Min(first + dayOfMonth - 1, CivilDay.Of(year, month + months + 1, 1) - 1);
    }
}
