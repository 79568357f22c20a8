using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>What a question says about time: whether it asks for one, and which days it names.</summary>
public sealed class QuestionTime
{
    private readonly DayRange[] _ranges;

    private QuestionTime(bool asksWhen, DayRange[] ranges)
    {
        AsksWhen = asksWhen;
        _ranges = ranges;
    }

    /// <summary>Whether it asks for a time, as "when", "how long ago" and "which day" do, and the like in other languages.</summary>
    public bool AsksWhen { get; }

    /// <summary>Whether it names days, months, years or spans of them.</summary>
    public bool HasDates => _ranges.Length > 0;

    /// <summary>Reads a question.</summary>
    /// <param name="question">Any text.</param>
    /// <param name="nowMs">The present in milliseconds since 1970-01-01 UTC, for what is relative to it.</param>
    public static QuestionTime Of(string question, long nowMs)
    {
        ReadOnlySpan<TimeToken> tokens = TimeTokens.Of(question);
        return new QuestionTime(WhenQuestion.Asks(question, tokens), new DayRangeReader(tokens, CivilDay.OfTime(nowMs)).Read());
    }

    /// <summary>
    /// How well a memory's time agrees with what the question names: 2 for the very day; 1 for a day in a month, week or range, or in the month of
    /// a day; 0.3 for one that only the year speaks for, or in the month after; 0 for none and for a question without dates.
    /// </summary>
    /// <param name="day">The day of the memory's event, in days since 1970-01-01 UTC.</param>
    public double Match(int day)
    {
        if (_ranges.Length == 0)
        {
            return 0;
        }

        double best = 0;
        (int Year, int Month, int Day) date = CivilDay.ToDate(day);
        foreach (DayRange range in _ranges)
        {
            best = Math.Max(best, range.Match(day, date));
        }

        return best;
    }
}
