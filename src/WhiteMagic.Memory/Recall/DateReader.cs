using System;
using System.Runtime.CompilerServices;

namespace WhiteMagic.Memory.Recall;

/// <summary>Reads the dates that the tokens of a question write out: days, months, years, and ranges of them.</summary>
internal readonly ref struct DateReader(ReadOnlySpan<TimeToken> tokens)
{
    private readonly ReadOnlySpan<TimeToken> _tokens = tokens;

    /// <summary>Reads the date that begins at a token.</summary>
    /// <param name="at">The token.</param>
    /// <param name="mayBeBare">Whether a day or a year alone will do, as at an end of a range.</param>
    /// <param name="date">The date.</param>
    internal bool TryRead(int at, bool mayBeBare, out PartialDate date)
    {
        date = default;
        ref readonly TimeToken token = ref At(at);
        date.End = at + 1;
        switch (token.Kind)
        {
            case TimeWordKind.Date:
                (date.Year, date.Month, date.Day) = CivilDay.ToDate(token.Value);
                (date.Other, date.HasOther) = (token.Other, token.Other != token.Value);
                return true;
            case TimeWordKind.YearMonth:
                (date.Year, date.Month) = (token.Value / 12, (token.Value % 12) + 1);
                return true;
            case TimeWordKind.DayMonth when mayBeBare || KindAt(at - 1) is TimeWordKind.On or TimeWordKind.To || (KindAt(at - 1) == TimeWordKind.Of && At(at - 1).Value == 1):
                (date.Day, date.Month) = (token.Value, token.Other);
                date.End++;
                TakeYear(ref date);
                return date.Exists;
            case TimeWordKind.Number:
                return ReadFromNumber(at, in token, mayBeBare, ref date);
            default:
                return IsMonth(at) && ReadFromMonth(at, ref date);
        }
    }

    /// <summary>Whether a token is a month, which some words are in some places only.</summary>
    internal bool IsMonth(int at)
    {
        ref readonly TimeToken token = ref At(at);
        if (token.Kind == TimeWordKind.Month)
        {
            return true;
        }

        if (token.Kind is not (TimeWordKind.CapitalMonth or TimeWordKind.WeakMonth))
        {
            return false;
        }

        if (IsDay(PreviousOfDate(at)) || IsDayAt(NextOfDate(at)) || IsYearAt(NextOfDate(at)))
        {
            return true;
        }

        // May I ask is no month; May-July is.
        bool isFirst = at == 0 || KindAt(at - 1) is TimeWordKind.Stop or TimeWordKind.Dot;
        if (token.Kind == TimeWordKind.CapitalMonth && token.IsCapital)
        {
            return !isFirst || (KindAt(at + 1) is TimeWordKind.Dash or TimeWordKind.To && KindAt(at + 2) is TimeWordKind.Month or TimeWordKind.CapitalMonth);
        }

        // Of Marco and Rio de Janeiro are names; the end of Dec is a time.
        return KindAt(at - 1) is TimeWordKind.In or TimeWordKind.Since or TimeWordKind.Last or TimeWordKind.Next or TimeWordKind.From or TimeWordKind.Before
            or TimeWordKind.After || (KindAt(at - 1) == TimeWordKind.Of && At(at - 1).Value == 0 && (!token.IsCapital || KindAt(at - 2) == TimeWordKind.In));
    }

    /// <summary>The kind of a token; none outside of the text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TimeWordKind KindAt(int at) => At(at).Kind;

    /// <summary>A token; one without a meaning outside of the text.</summary>
    // Called from everywhere: copies of it would be a tenth of the reader's code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ref readonly TimeToken At(int at) => ref _tokens[(uint)at < (uint)_tokens.Length ? at : _tokens.Length - 1];

    /// <summary>The first token from here on that is not of or an article.</summary>
    internal int SkipOf(int at)
    {
        while (KindAt(at) == TimeWordKind.Of)
        {
            at++;
        }

        return at;
    }

    // 8 May 2023, 8th of May, 8. Mai; 2023 May 8; or a year alone.
    private bool ReadFromNumber(int at, in TimeToken token, bool mayBeBare, ref PartialDate date)
    {
        int next = NextOfDate(at);
        if (IsDay(token) && IsMonth(next))
        {
            (date.Day, date.Month, date.End) = (token.Value, At(next).Value, next + 1);
            TakeYear(ref date);
            return date.Exists;
        }

        if (TimeTokens.IsYear(token.Value) && IsMonth(at + 1))
        {
            (date.Year, date.Month, date.End) = (token.Value, At(at + 1).Value, at + 2);
            if (IsDayAt(date.End))
            {
                date.Day = At(date.End++).Value;
            }

            return date.Exists;
        }

        if (KindAt(at + 1) == TimeWordKind.Unit && !token.IsOrdinal)
        {
            return false;
        }

        if (TimeTokens.IsYear(token.Value) && (mayBeBare || IsYearHere(at)))
        {
            date.Year = token.Value;
            return true;
        }

        date.Day = token.Value;
        return mayBeBare && IsDay(token);
    }

    // May 8th, 2023; May 2023; May of 2023; May.
    private bool ReadFromMonth(int at, ref PartialDate date)
    {
        date.Month = At(at).Value;
        int next = NextOfDate(at);
        if (IsDayAt(next) && KindAt(next + 1) is not (TimeWordKind.Unit or TimeWordKind.Month))
        {
            (date.Day, date.End) = (At(next).Value, next + 1);
        }

        TakeYear(ref date);
        return date.Exists;
    }

    private void TakeYear(ref PartialDate date)
    {
        int next = NextOfDate(date.End - 1);
        if (IsYearAt(next))
        {
            (date.Year, date.End) = (At(next).Value, next + 1);
        }
    }

    // The token after one part of a date: a comma, the point of an abbreviation or of a German ordinal, of and articles stand between.
    private int NextOfDate(int at)
    {
        at++;
        if (KindAt(at) is TimeWordKind.Comma or TimeWordKind.Dot)
        {
            at++;
        }

        return SkipOf(at);
    }

    private ref readonly TimeToken PreviousOfDate(int at)
    {
        at--;
        while (KindAt(at) is TimeWordKind.Of or TimeWordKind.Dot)
        {
            at--;
        }

        return ref At(at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsDayAt(int at) => IsDay(At(at));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsYearAt(int at) => KindAt(at) == TimeWordKind.Number && TimeTokens.IsYear(At(at).Value) && KindAt(at + 1) != TimeWordKind.Unit;

    private static bool IsDay(in TimeToken token) => token.Kind == TimeWordKind.Number && token.Value is >= 1 and <= 31;

    // A number alone is a year only after a word that a year follows: a port, an issue and an error have numbers too.
    private bool IsYearHere(int at)
    {
        if (At(at).IsOrdinal)
        {
            return true;
        }

        ref readonly TimeToken before = ref At(at - 1);
        if (before.Kind == TimeWordKind.Of && before.Value == 1)
        {
            before = ref At(at - 2);
        }

        return before.Kind switch
        {
            TimeWordKind.In or TimeWordKind.Since or TimeWordKind.Before or TimeWordKind.After or TimeWordKind.BeforeOrAgo or TimeWordKind.Season
                or TimeWordKind.From => true,
            TimeWordKind.Unit => before.Value == (int)TimeUnit.Year,
            TimeWordKind.Of => before.Value == 0,
            TimeWordKind.To or TimeWordKind.And => KindAt(at - 2) == TimeWordKind.Number && TimeTokens.IsYear(At(at - 2).Value),
            _ => false,
        };
    }
}
