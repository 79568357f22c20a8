using System;
using WhiteMagic.Memory.Recall;

namespace WhiteMagic.Sqlite.Search;

/// <summary>What a question and a memory have in common beside words, as shares of the best text score.</summary>
/// <param name="time">What the question says about time.</param>
/// <param name="speaker">The speaker that it names, or 0.</param>
internal sealed class Boosts(QuestionTime time, int speaker)
{
    private const int MsPerDay = 86_400_000;
    private const int DayPlaces = 1024;

    // More words than these say no more.
    private const int MostWords = 1000;

    private static readonly float[] _lengths = Lengths();

    // The latest days asked for, each in the place that its last bits say.
    private readonly long[] _days = new long[DayPlaces];
    private readonly double[] _dayBoosts = new double[DayPlaces];

    internal double Speaker(in DocumentFacts facts) => speaker != 0 && facts.Speaker == speaker ? RecallWeights.Speaker : 0;

    internal double When(in DocumentFacts facts) => time.AsksWhen && (facts.Flags & DocumentFacts.HasTimeWords) != 0 ? RecallWeights.When : 0;

    internal double Date(in DocumentFacts facts)
    {
        if (!time.HasDates)
        {
            return 0;
        }

        long day = (facts.EventTimeMs / MsPerDay) - (facts.EventTimeMs % MsPerDay < 0 ? 1 : 0);
        int place = (int)day & (DayPlaces - 1);
        if (_days[place] != day + 1)
        {
            _days[place] = day + 1;
            _dayBoosts[place] = RecallWeights.Date * time.Match((int)Math.Clamp(day, int.MinValue, int.MaxValue));
        }

        return _dayBoosts[place];
    }

    internal static double Length(in DocumentFacts facts) => _lengths[Math.Min((int)facts.Words, MostWords)];

    internal double Sum(in DocumentFacts facts) => Speaker(facts) + When(facts) + Date(facts) + Length(facts);

    private static float[] Lengths()
    {
        var lengths = new float[MostWords + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = (float)(RecallWeights.Length * Math.Log(1 + i));
        }

        return lengths;
    }
}
