using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>Finds the days that a question names, from left to right: dates and ranges (<see cref="DateReader"/>), and what is relative to them or to today.</summary>
internal readonly ref struct DayRangeReader
{
    // A couple of the, with one to spare.
    private const int MostCountWords = 5;

    private readonly DateReader _dates;
    private readonly int _tokenCount;
    private readonly int _today;
    private readonly DayRanges _ranges;

    internal DayRangeReader(ReadOnlySpan<TimeToken> tokens, int today)
    {
        _dates = new DateReader(tokens);
        _tokenCount = tokens.Length - 1;
        _today = today;
        _ranges = new DayRanges();
    }

    /// <summary>The days, at most <see cref="DayRanges.MostRanges"/> ranges of them.</summary>
    internal DayRange[] Read()
    {
        for (int at = 0; at < _tokenCount && !_ranges.IsFull;)
        {
            int end = ReadAt(at);
            at = end > at ? end : at + 1;
        }

        return _ranges.ToArray();
    }

    // Returns the token after what was read, or none.
    private int ReadAt(int at)
    {
        ref readonly TimeToken token = ref _dates.At(at);
        switch (token.Kind)
        {
            case TimeWordKind.From:
                return ReadRange(at + 1, token.Value == 1);
            case TimeWordKind.AgoFirst or TimeWordKind.BeforeOrAgo:
                return ReadAgoFirst(at + 1);
            case TimeWordKind.And when _dates.At(at + 1) is { Kind: TimeWordKind.Count, Value: 1 } && _dates.KindAt(at + 2) is TimeWordKind.Count or TimeWordKind.Number:
                // French "il y a".
                return ReadAgoFirst(at + 2);
            case TimeWordKind.Last or TimeWordKind.This or TimeWordKind.Next or TimeWordKind.Past:
                return ReadRelative(at, token.Kind);
            case TimeWordKind.DayName:
                _ranges.Add(DayRange.Near(_today + token.Value - 5));
                return at + (_dates.KindAt(at + 1) == TimeWordKind.PartOfDay ? 2 : 1);
            case TimeWordKind.PartOfDay when token.Value == 2 && !FollowsArticle(at):
                _ranges.Add(DayRange.Near(_today + 1));
                return at + 1;
            case TimeWordKind.Season:
                return ReadSeason(at, token.Value);
            case TimeWordKind.Weekday or TimeWordKind.WeakWeekday or TimeWordKind.Unit or TimeWordKind.PartOfDay or TimeWordKind.Count:
                int end = ReadDistance(at);
                return end != 0 ? end : ReadBeforeLast(at, in token);
            case TimeWordKind.Number:
                end = ReadDistance(at);
                return end != 0 ? end : ReadDate(at);
            default:
                return ReadDate(at);
        }
    }

    // A date, or a range or a list that begins with one.
    private int ReadDate(int at)
    {
        ref readonly TimeToken token = ref _dates.At(at);
        int end = ReadRange(at, false);
        if (end != 0)
        {
            return end;
        }

        if (_dates.TryRead(at, false, out PartialDate date))
        {
            // In June and July 2023.
            if (date.Year == 0 && _dates.KindAt(date.End) == TimeWordKind.And && _dates.TryRead(date.End + 1, false, out PartialDate other) && other.Month != 0)
            {
                date.Year = other.Year;
            }

            _ranges.Add(date);
            if (IsOpenEnd(at) && date.Year != 0)
            {
                _ranges.Add(DayRange.Since(date.Last + 1, _today));
            }

            return date.End;
        }

        // 3 and 7 May.
        if (token.Kind == TimeWordKind.Number && _dates.KindAt(at + 1) == TimeWordKind.And && _dates.TryRead(at, true, out date) && date.IsDayAlone
            && _dates.TryRead(at + 2, false, out PartialDate last) && last.Day != 0)
        {
            (date.Month, date.Year) = (last.Month, last.Year);
            _ranges.Add(date);
            return at + 2;
        }

        return 0;
    }

    // Since May, after May; but the week after May is a distance.
    private bool IsOpenEnd(int at) => _dates.KindAt(at - 1) == TimeWordKind.Since || (_dates.KindAt(at - 1) == TimeWordKind.After
        && _dates.KindAt(at - 2) is not (TimeWordKind.Unit or TimeWordKind.Weekday or TimeWordKind.WeakWeekday or TimeWordKind.PartOfDay));

    // From 3 to 7 May, between May and July 2023, May 3-7, 2019-2021; each end may leave out what the other tells.
    private int ReadRange(int at, bool joinsWithAnd)
    {
        bool isOpen = _dates.KindAt(at - 1) == TimeWordKind.From;
        at = isOpen ? _dates.SkipOf(at) : at;
        if (!_dates.TryRead(at, true, out PartialDate first))
        {
            return 0;
        }

        int joint = first.End + (first.IsDayAlone && _dates.KindAt(first.End) == TimeWordKind.Dot ? 1 : 0);
        if (!(_dates.KindAt(joint) is TimeWordKind.To or TimeWordKind.Dash || (joinsWithAnd && _dates.KindAt(joint) == TimeWordKind.And))
            || !_dates.TryRead(_dates.SkipOf(joint + 1), true, out PartialDate last))
        {
            return 0;
        }

        // May 3-7, 2023: the end is a day alone, its year may follow.
        if (last.IsDayAlone)
        {
            if (first.Day == 0 || first.Month == 0)
            {
                return 0;
            }

            last.Month = first.Month;
            int year = last.End + (_dates.KindAt(last.End) == TimeWordKind.Comma ? 1 : 0);
            if (first.Year == 0 && _dates.At(year) is { Kind: TimeWordKind.Number } number && TimeTokens.IsYear(number.Value))
            {
                (last.Year, last.End) = (number.Value, year + 1);
            }
        }

        if (first.IsDayAlone)
        {
            if (last.Day == 0)
            {
                return 0;
            }

            first.Month = last.Month;
        }

        // Two years are a range after a word that says so, or where the first is a year anyway.
        if (first.IsYearAlone && (!last.IsYearAlone || (!isOpen && !_dates.TryRead(at, false, out _))))
        {
            return 0;
        }

        first.Year = first.Year == 0 ? last.Year : first.Year;
        last.Year = last.Year == 0 ? first.Year : last.Year;
        if (!first.Exists || !last.Exists)
        {
            return 0;
        }

        if (first.Year == 0)
        {
            _ranges.Add(DayRange.EveryYear(first.Month, first.Day, last.Month, last.Day));
        }
        else if (first.First <= last.Last)
        {
            _ranges.Add(DayRange.Of(first.First, last.Last));
        }
        else
        {
            _ranges.Add(first);
            _ranges.Add(last);
        }

        if ((first.HasOther || last.HasOther) && Otherwise(first) <= Otherwise(last))
        {
            _ranges.Add(DayRange.Of(Otherwise(first), Otherwise(last)));
        }

        return last.End;
    }

    private static int Otherwise(PartialDate date) => date.HasOther ? date.Other : date.First;

    // After "vor" or "hace": 3 Tagen.
    private int ReadAgoFirst(int at)
    {
        int unitAt = ReadCount(at, out int least, out int most);
        ref readonly TimeToken unit = ref _dates.At(unitAt);
        bool isAgo = unitAt > at && unit.Kind == TimeWordKind.Unit && _dates.KindAt(unitAt + 1) is not (TimeWordKind.Before or TimeWordKind.BeforeOrAgo or TimeWordKind.After);
        return isAgo ? AddDistance(unitAt + 1, least, most, in unit, _today, -1) : 0;
    }

    // Three days ago; the week before 8 May, the Monday after 8 May, the week of 8 May; the day before yesterday.
    private int ReadDistance(int at)
    {
        int unitAt = ReadCount(at, out int least, out int most);
        bool isCounted = unitAt > at;
        ref readonly TimeToken unit = ref _dates.At(unitAt);
        if (unit.Kind is not (TimeWordKind.Unit or TimeWordKind.Weekday or TimeWordKind.WeakWeekday or TimeWordKind.PartOfDay))
        {
            return 0;
        }

        int next = unitAt + 1;
        TimeWordKind relation = _dates.KindAt(next);
        if (relation == TimeWordKind.Ago)
        {
            return isCounted ? AddDistance(next + 1, least, most, in unit, _today, -1) : 0;
        }

        int baseAt = _dates.SkipOf(next + 1);
        bool isOf = relation == TimeWordKind.Of && !isCounted && unit.Kind == TimeWordKind.Unit && unit.Value == (int)TimeUnit.Week;
        bool isBefore = relation is TimeWordKind.Before or TimeWordKind.BeforeOrAgo;
        if (!isOf && !isBefore && relation != TimeWordKind.After)
        {
            return 0;
        }

        int day;
        int end = next + 1;
        ref readonly TimeToken named = ref _dates.At(baseAt);
        if (named.Kind == TimeWordKind.DayName)
        {
            (day, end) = (_today + named.Value - 5, baseAt + 1);
        }
        else if (_dates.TryRead(baseAt, true, out PartialDate date) && date.Exists)
        {
            // What the date itself names is read next.
            date.Year = date.Year == 0 ? LatestYear(date) : date.Year;
            day = isBefore ? date.First : date.Last;
        }
        else
        {
            return 0;
        }

        if (isOf)
        {
            if (_dates.TryRead(baseAt, true, out PartialDate whole) && whole.Day == 0)
            {
                return 0;
            }

            _ranges.Add(DayRange.Of(day - CivilDay.Weekday(day), day - CivilDay.Weekday(day) + 6));
            return end;
        }

        return AddDistance(end, least, most, in unit, day, isBefore ? -1 : 1);
    }

    // The year of a date's latest return until today.
    private int LatestYear(PartialDate date)
    {
        date.Year = CivilDay.ToDate(_today).Year;
        return date.First > _today ? date.Year - 1 : date.Year;
    }

    // Three, a couple of, the last few: returns the token after it, or the first when there is no count. The last of several counts is the one.
    private int ReadCount(int at, out int least, out int most)
    {
        (least, most) = (0, 0);
        for (int end = at; end < at + MostCountWords; end++)
        {
            ref readonly TimeToken token = ref _dates.At(end);
            if (token.Kind == TimeWordKind.Count || (token.Kind == TimeWordKind.Number && token.Value > 0 && !token.IsOrdinal))
            {
                (least, most) = (token.Value, token.Other);
            }
            else if (token.Kind != TimeWordKind.Of || least == 0)
            {
                return end;
            }
        }

        return at;
    }

    private int AddDistance(int end, int least, int most, in TimeToken unit, int from, int sign)
    {
        if (RelativeDays.TryDistance(least, most, in unit, from, sign, out DayRange range))
        {
            _ranges.Add(range);
        }

        return end;
    }

    // Last week, this summer, next Tuesday, last May, the last three days.
    private int ReadRelative(int at, TimeWordKind which)
    {
        int unitAt = ReadCount(at + 1, out int least, out int most);
        ref readonly TimeToken unit = ref _dates.At(unitAt);
        int next = unitAt + 1;

        // The last week of May and the last weekend before 8 May are no neighbours of today; last year in May is.
        bool canBePart = unit.Kind != TimeWordKind.Season && !(unit.Kind == TimeWordKind.Unit && unit.Value == (int)TimeUnit.Year);
        if (canBePart && _dates.KindAt(next) is TimeWordKind.Of or TimeWordKind.In or TimeWordKind.Before or TimeWordKind.After
            && (_dates.TryRead(_dates.SkipOf(next + 1), false, out _) || _dates.TryRead(next, false, out _) || _dates.IsMonth(_dates.SkipOf(next))))
        {
            return unitAt;
        }

        if (unit.Kind is TimeWordKind.Month or TimeWordKind.CapitalMonth or TimeWordKind.WeakMonth)
        {
            // Last May 8 is the date itself, of any year.
            if (!_dates.IsMonth(unitAt) || (_dates.TryRead(unitAt, false, out PartialDate month) && (month.Day != 0 || month.Year != 0)))
            {
                return 0;
            }
        }

        if (!RelativeDays.TryNeighbour(which, least, most, in unit, _today, out DayRange range))
        {
            return 0;
        }

        _ranges.Add(range);
        return next;
    }

    // Summer 2022, the summer of 2022; in the summer, which is the latest.
    private int ReadSeason(int at, int month)
    {
        int yearAt = _dates.SkipOf(at + 1);
        ref readonly TimeToken year = ref _dates.At(yearAt);
        if (year.Kind == TimeWordKind.Number && TimeTokens.IsYear(year.Value))
        {
            _ranges.Add(DayRange.Of(CivilDay.Of(year.Value, month, 1), CivilDay.Of(year.Value, month + 3, 1) - 1));
            return yearAt + 1;
        }

        bool isNamed = _dates.KindAt(at - 1) == TimeWordKind.In || (_dates.KindAt(at - 1) == TimeWordKind.Of && _dates.KindAt(at - 2) == TimeWordKind.In);
        if (isNamed && RelativeDays.TryNeighbour(TimeWordKind.Past, 0, 0, in _dates.At(at), _today, out DayRange range))
        {
            _ranges.Add(range);
            return at + 1;
        }

        return 0;
    }

    // On Tuesday; Tuesday last and week last, as French and Spanish say.
    private int ReadBeforeLast(int at, in TimeToken unit)
    {
        bool isWeekday = unit.Kind is TimeWordKind.Weekday or TimeWordKind.WeakWeekday;
        TimeWordKind after = _dates.KindAt(at + 1);
        bool isLed = (isWeekday || unit.Kind == TimeWordKind.Unit) && after is TimeWordKind.Last or TimeWordKind.Next && !IsUnit(at + 2);
        bool isOn = isWeekday && _dates.KindAt(at - 1) == TimeWordKind.On && (unit.Kind == TimeWordKind.Weekday || unit.IsCapital);
        if ((isLed || isOn) && RelativeDays.TryNeighbour(isLed ? after : TimeWordKind.Past, 0, 0, in unit, _today, out DayRange range))
        {
            _ranges.Add(range);
            return at + (isLed ? 2 : 1);
        }

        return 0;
    }

    // What last and next can stand before.
    private bool IsUnit(int at) => _dates.IsMonth(at)
        || _dates.KindAt(at) is TimeWordKind.Unit or TimeWordKind.Season or TimeWordKind.Weekday or TimeWordKind.WeakWeekday or TimeWordKind.PartOfDay or TimeWordKind.Count;

    private bool FollowsArticle(int at) =>
        _dates.KindAt(at - 1) is TimeWordKind.Of or TimeWordKind.On or TimeWordKind.Last or TimeWordKind.This or TimeWordKind.DayName or TimeWordKind.Weekday or TimeWordKind.Count;
}
