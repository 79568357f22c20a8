using System.Runtime.CompilerServices;

namespace WhiteMagic.Memory.Recall;

/// <summary>Days that a question names, from first to last, of one year or of any.</summary>
internal struct DayRange
{
    /// <summary>For the very day that was named.</summary>
    internal const double ExactDay = 2;

    /// <summary>For a day within a month, week or other span that was named.</summary>
    internal const double Within = 1;

    /// <summary>For a day that only its year or its neighbourhood speaks for.</summary>
    internal const double Faint = 0.3;

    // People talk of a thing some days after it: in the month that follows what was named, there is still a faint match.
    private const int AfterDays = 31;

    // What is longer says little more than a year does.
    private const int LongDays = 190;

    // A month of this calendar without years has 31 days, which is enough to compare with.
    private const int MonthDays = 31;
    private const int YearDays = 12 * MonthDays;

    private int _first;
    private int _last;
    private int _nearFirst;
    private int _nearLast;
    private double _near;

    /// <summary>Whether it returns in every year.</summary>
    internal bool Yearless { get; private set; }

    /// <summary>Whether it is as long as a year, or longer.</summary>
    internal readonly bool IsLong => _last - _first >= LongDays;

    /// <summary>Whether it is a whole year of the calendar.</summary>
    internal readonly bool IsYear => !Yearless && CivilDay.ToDate(_first) is (int year, 1, 1) && _last == CivilDay.Of(year + 1, 1, 1) - 1;

    /// <summary>The year of its first day, unless it returns.</summary>
    internal readonly int Year => CivilDay.ToDate(_first).Year;

    /// <summary>Days of one year or several; both ends belong to it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static DayRange Of(int first, int last) => new() { _first = first, _last = last, _nearFirst = first, _nearLast = last };

    /// <summary>The days from one until another; however many, they are no more than a year.</summary>
    internal static DayRange Since(int first, int last) => Of(first, System.Math.Max(last, first + LongDays));

    /// <summary>A day that is told by its distance from another; its neighbours are close to it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static DayRange Near(int day) => new() { _first = day, _last = day, _nearFirst = day - 1, _nearLast = day + 1, _near = Faint };

    /// <summary>A date of the calendar, which speaks for its month too.</summary>
    internal static DayRange Date(int day)
    {
        (int year, int month, _) = CivilDay.ToDate(day);
        return new() { _first = day, _last = day, _nearFirst = CivilDay.Of(year, month, 1), _nearLast = CivilDay.Of(year, month + 1, 1) - 1, _near = Within };
    }

    /// <summary>Dates of every year; day 0 stands for the whole month.</summary>
    internal static DayRange EveryYear(int month, int day, int lastMonth, int lastDay)
    {
        int first = Ordinal(month, day == 0 ? 1 : day);
        int last = Ordinal(lastMonth, lastDay == 0 ? MonthDays : lastDay);
        bool isDay = first == last;
        return new()
        {
            Yearless = true,
            _first = first,
            _last = last < first ? last + YearDays : last,
            _nearFirst = isDay ? Ordinal(month, 1) : first,
            _nearLast = isDay ? Ordinal(month, MonthDays) : first,
            _near = Within,
        };
    }

    /// <summary>The same dates of one year.</summary>
    internal readonly DayRange InYear(int year)
    {
        if (_first == _last)
        {
            return Date(CivilDay.Of(year, MonthOf(_first), DayOf(_first)));
        }

        // A last day which its month lacks is the month's own last.
        int end = DayOf(_last) == MonthDays ? CivilDay.Of(year, MonthOf(_last) + 1, 1) - 1 : CivilDay.Of(year, MonthOf(_last), DayOf(_last));
        return Of(CivilDay.Of(year, MonthOf(_first), DayOf(_first)), end);
    }

    /// <summary>How well a day agrees.</summary>
    /// <param name="number">Days since 1970-01-01.</param>
    /// <param name="date">The same day as a date.</param>
    internal readonly double Match(int number, (int Year, int Month, int Day) date)
    {
        long day = number;
        if (Yearless)
        {
            day = Ordinal(date.Month, date.Day);
            if (day < _nearFirst)
            {
                day += YearDays;
            }
        }

        if (day >= _first && day <= _last)
        {
            return _first == _last ? ExactDay : IsLong ? Faint : Within;
        }

        if (day >= _nearFirst && day <= _nearLast)
        {
            return _near;
        }

        return day > _last && day <= _last + (long)AfterDays && !IsLong ? Faint : 0;
    }

    private static int Ordinal(int month, int day) => ((month - 1) * MonthDays) + day - 1;

    private static int MonthOf(int ordinal) => (ordinal / MonthDays) + 1;

    private static int DayOf(int ordinal) => (ordinal % MonthDays) + 1;
}
