using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class QuestionTimeTests
{
    // A Wednesday.
    private const string Today = "2023-10-18";

    [Theory]
    [InlineData("When did Caroline go to the group?")]
    [InlineData("Since when does she paint?")]
    [InlineData("Do you know when he came?")]
    [InlineData("Can you tell me when it starts?")]
    [InlineData("What did he buy, and when?")]
    [InlineData("How long ago was her birthday?")]
    [InlineData("For how long has she had the cat?")]
    [InlineData("What day was the concert?")]
    [InlineData("On which date did it start?")]
    [InlineData("What was the date of the release?")]
    [InlineData("At what time did the train leave?")]
    [InlineData("Which year did she adopt the dog?")]
    [InlineData("In what month is the fair?")]
    [InlineData("Which week are we away?")]
    [InlineData("What exact day was that?")]
    [InlineData("Wann war das Treffen?")]
    [InlineData("Seit wann malt sie?")]
    [InlineData("Wie lange ist das her?")]
    [InlineData("An welchem Tag war das?")]
    [InlineData("Quand est-elle partie ?")]
    [InlineData("Depuis combien de temps peint-elle ?")]
    [InlineData("¿Cuándo llegó?")]
    [InlineData("Quando è arrivato?")]
    [InlineData("Quando ela chegou?")]
    [InlineData("Когда она пришла?")]
    [InlineData("她什么时候来的？")]
    [InlineData("会议何时开始")]
    [InlineData("现在几点")]
    [InlineData("彼女はいつ来ましたか")]
    [InlineData("언제 왔어요?")]
    public void AsksWhen_QuestionForATime_IsTrue(string question) => Assert.True(At(question).AsksWhen);

    [Theory]
    [InlineData("What did she say when he came?")]
    [InlineData("What surprised me when I came?")]
    [InlineData("Did he laugh when she fell?")]
    [InlineData("What type of date is he on?")]
    [InlineData("What time management does she use?")]
    [InlineData("How tall is it?")]
    [InlineData("Is it a long way?")]
    [InlineData("Was hat sie getan?")]
    [InlineData("彼はいつも遅い")]
    [InlineData("Whenever")]
    [InlineData("")]
    public void AsksWhen_AnotherQuestion_IsFalse(string question) => Assert.False(At(question).AsksWhen);

    // Every one of these names 2023-05-08, and nothing else.
    [Theory]
    [InlineData("What was on 2023-05-08?")]
    [InlineData("2023/05/08")]
    [InlineData("since the call at 2023-05-08T13:56:00Z")]
    [InlineData("8.5.2023")]
    [InlineData("Was war am 08.05.2023.")]
    [InlineData("8 May 2023")]
    [InlineData("8 may, 2023")]
    [InlineData("May 8th, 2023")]
    [InlineData("MAY 8 2023")]
    [InlineData("the 8th of May, 2023")]
    [InlineData("8-May-2023")]
    [InlineData("am 8. Mai 2023")]
    [InlineData("le 8 mai 2023")]
    [InlineData("el 8 de mayo de 2023")]
    [InlineData("l'8 maggio 2023")]
    [InlineData("8 de maio de 2023")]
    [InlineData("2023年5月8日")]
    [InlineData("2023년 5월 8일")]
    public void Match_NamedDay_IsTwoOnItAndOneInItsMonth(string question)
    {
        QuestionTime time = At(question);
        Assert.True(time.HasDates);
        Assert.Equal([0, 1, 2, 1, 1, 0.3, 0.3, 0, 0, 0], Days("2023-04-30 2023-05-01 2023-05-08 2023-05-09 2023-05-31 2023-06-01 2023-06-08 2023-06-09 2022-05-08 2024-05-08").Select(time.Match));
    }

    [Theory]
    [InlineData("8 May")]
    [InlineData("on May 8")]
    [InlineData("the 8th of may")]
    [InlineData("am 8.5. im Garten")]
    [InlineData("vom 08.05.")]
    public void Match_NamedDayWithoutAYear_IsOfEveryYear(string question)
    {
        QuestionTime time = At(question);
        Assert.Equal([2, 2, 1, 0.3, 0, 0], Days("1999-05-08 2024-05-08 2024-05-30 2024-06-03 2024-06-20 2024-04-30").Select(time.Match));
    }

    [Theory]
    [InlineData("in May 2023")]
    [InlineData("May 2023")]
    [InlineData("May, 2023")]
    [InlineData("may of 2023")]
    [InlineData("What happened in 2023-05?")]
    [InlineData("late May 2023")]
    [InlineData("in the first weekend of May 2023")]
    [InlineData("during the last two weeks of May 2023")]
    [InlineData("im Mai 2023")]
    [InlineData("en mayo de 2023")]
    [InlineData("What did she do in May, on the trip in 2023?")]
    [InlineData("last May")]
    [InlineData("this year in May")]
    [InlineData("What did she do last week in May 2023?")]
    [InlineData("between 1 and 31 May 2023")]
    public void Match_NamedMonth_IsOneInItAndFaintInTheMonthAfter(string question)
    {
        QuestionTime time = At(question);
        Assert.Equal([0, 1, 1, 0.3, 0.3, 0, 0], Days("2023-04-30 2023-05-01 2023-05-31 2023-06-01 2023-07-01 2023-07-02 2022-05-10").Select(time.Match));
    }

    [Theory]
    [InlineData("in March", 3)]
    [InlineData("during march", 3)]
    [InlineData("by Sept", 9)]
    [InlineData("in dec", 12)]
    [InlineData("the end of Dec", 12)]
    [InlineData("How was January?", 1)]
    [InlineData("im Dezember", 12)]
    [InlineData("im März", 3)]
    [InlineData("im Ma\u0308rz", 3)]
    [InlineData("en août", 8)]
    [InlineData("en mars", 3)]
    [InlineData("en julio", 7)]
    [InlineData("in giugno", 6)]
    [InlineData("em março", 3)]
    [InlineData("em Janeiro", 1)]
    public void Match_NamedMonthWithoutAYear_IsOfEveryYear(string question, int month) =>
        Assert.Equal([1, 1, 0.3, 0], new[] { (1998, 0), (2023, 0), (2023, 1), (2023, 2) }.Select(m => At(question).Match(Day(new DateTime(m.Item1, month, 15).AddMonths(m.Item2)))));

    [Theory]
    [InlineData("in 2022")]
    [InlineData("Since she left in the year 2022, where is she?")]
    [InlineData("by 2022")]
    [InlineData("early 2022")]
    [InlineData("mid-2022")]
    [InlineData("in the 2022 season")]
    [InlineData("last year")]
    [InlineData("a year ago")]
    [InlineData("letztes Jahr")]
    [InlineData("l'année dernière")]
    [InlineData("el año pasado")]
    public void Match_NamedYear_IsFaintInIt(string question)
    {
        QuestionTime time = At(question);
        Assert.Equal([0, 0.3, 0.3, 0], Days("2021-12-31 2022-01-01 2022-12-31 2023-01-01").Select(time.Match));
    }

    // The day before, the first, the last, and the day after the last.
    [Theory]
    [InlineData("between 3 and 7 May 2023", "2023-05-03", "2023-05-07")]
    [InlineData("from 3 to 7 May 2023", "2023-05-03", "2023-05-07")]
    [InlineData("3-7 May 2023", "2023-05-03", "2023-05-07")]
    [InlineData("May 3-7, 2023", "2023-05-03", "2023-05-07")]
    [InlineData("May 3 to May 7, 2023", "2023-05-03", "2023-05-07")]
    [InlineData("vom 3. bis 7. Mai 2023", "2023-05-03", "2023-05-07")]
    [InlineData("from 28 April to 7 May 2023", "2023-04-28", "2023-05-07")]
    [InlineData("from May to July 2023", "2023-05-01", "2023-07-31")]
    [InlineData("May-July 2023", "2023-05-01", "2023-07-31")]
    [InlineData("between August and November 2022", "2022-08-01", "2022-11-30")]
    [InlineData("between November 2022 and February 2023", "2022-11-01", "2023-02-28")]
    [InlineData("from 2023-05-01 to 2023-05-10", "2023-05-01", "2023-05-10")]
    [InlineData("2023-05-01/2023-05-10", "2023-05-01", "2023-05-10")]
    [InlineData("in June and July 2023", "2023-06-01", "2023-07-31")]
    [InlineData("summer 2022", "2022-06-01", "2022-08-31")]
    [InlineData("in the winter of 2022", "2022-12-01", "2023-02-28")]
    [InlineData("last summer", "2023-06-01", "2023-08-31")]
    [InlineData("during the summer", "2023-06-01", "2023-08-31")]
    [InlineData("this fall", "2023-09-01", "2023-11-30")]
    [InlineData("next spring", "2024-03-01", "2024-05-31")]
    [InlineData("last week", "2023-10-09", "2023-10-15")]
    [InlineData("this week", "2023-10-16", "2023-10-22")]
    [InlineData("next week", "2023-10-23", "2023-10-29")]
    [InlineData("letzte Woche", "2023-10-09", "2023-10-15")]
    [InlineData("la semaine dernière", "2023-10-09", "2023-10-15")]
    [InlineData("last weekend", "2023-10-14", "2023-10-15")]
    [InlineData("this month", "2023-10-01", "2023-10-31")]
    [InlineData("last month", "2023-09-01", "2023-09-30")]
    [InlineData("two weeks ago", "2023-10-01", "2023-10-07")]
    [InlineData("a couple of weeks ago", "2023-09-24", "2023-10-07")]
    [InlineData("vor zwei Wochen", "2023-10-01", "2023-10-07")]
    [InlineData("hace dos semanas", "2023-10-01", "2023-10-07")]
    [InlineData("a month ago", "2023-09-03", "2023-10-03")]
    [InlineData("in the last 3 days", "2023-10-15", "2023-10-18")]
    [InlineData("the past two weeks", "2023-10-04", "2023-10-18")]
    [InlineData("the day before yesterday and last week", "2023-10-09", "2023-10-15")]
    public void Match_Range_IsOneFromItsFirstToItsLastDay(string question, string first, string last)
    {
        QuestionTime time = At(question);
        Assert.Equal(0, time.Match(Day(first) - 1));
        Assert.Equal(1, time.Match(Day(first)));
        Assert.Equal(1, time.Match(Day(last)));
        Assert.InRange(time.Match(Day(last) + 1), 0.3, 0.3 + (question.Contains("yesterday", StringComparison.Ordinal) ? 2 : 0));
    }

    [Theory]
    [InlineData("today", "2023-10-18")]
    [InlineData("yesterday", "2023-10-17")]
    [InlineData("tomorrow", "2023-10-19")]
    [InlineData("the day before yesterday", "2023-10-16")]
    [InlineData("the day after tomorrow", "2023-10-20")]
    [InlineData("last night", "2023-10-17")]
    [InlineData("gestern Abend", "2023-10-17")]
    [InlineData("heute Morgen", "2023-10-18")]
    [InlineData("Was mache ich morgen?", "2023-10-19")]
    [InlineData("vorgestern", "2023-10-16")]
    [InlineData("last Tuesday", "2023-10-17")]
    [InlineData("last Wednesday", "2023-10-11")]
    [InlineData("on Wednesday", "2023-10-18")]
    [InlineData("on Friday", "2023-10-13")]
    [InlineData("next Friday", "2023-10-20")]
    [InlineData("letzten Dienstag", "2023-10-17")]
    [InlineData("el martes pasado", "2023-10-17")]
    [InlineData("3 days ago", "2023-10-15")]
    [InlineData("three days ago", "2023-10-15")]
    [InlineData("vor 3 Tagen", "2023-10-15")]
    [InlineData("il y a 3 jours", "2023-10-15")]
    public void Match_DayRelativeToToday_IsTwoOnIt(string question, string day)
    {
        QuestionTime time = At(question);
        Assert.Equal([0, 0.3, 2, 0.3], new[] { -2, -1, 0, 1 }.Select(d => time.Match(Day(day) + d)));
    }

    // The date itself is told of as well: people speak of a week on the day that ends it.
    [Theory]
    [InlineData("two weeks before 8 May 2023", "2023-04-24", 1, "2023-05-08")]
    [InlineData("the week before 2023-05-03", "2023-04-26", 1, "2023-05-03")]
    [InlineData("the week after 2023-05-30", "2023-06-06", 1, "2023-05-30")]
    [InlineData("the week of 2023-05-31", "2023-06-04", 1, "2023-05-31")]
    [InlineData("the day after 31 May 2023", "2023-06-01", 2, "2023-05-31")]
    [InlineData("the day before 1 May", "2023-04-30", 2, "2023-05-01")]
    [InlineData("the Friday before May 1, 2023", "2023-04-28", 2, "2023-05-01")]
    [InlineData("the Saturday after 28 October, 2022", "2022-10-29", 2, "2022-10-28")]
    [InlineData("over the weekend before 4th October, 2023", "2023-09-30", 1, "2023-10-04")]
    [InlineData("last weekend before May 2, 2023", "2023-04-29", 1, "2023-05-02")]
    public void Match_DistanceFromADate_IsBothItAndTheDate(string question, string day, double expected, string date)
    {
        QuestionTime time = At(question);
        Assert.Equal(expected, time.Match(Day(day)));
        Assert.Equal(2, time.Match(Day(date)));
    }

    [Fact]
    public void Match_SlashedDate_IsReadBothWaysWhenBothAreDates()
    {
        Assert.Equal([2, 2], Days("2023-08-05 2023-05-08").Select(At("on 5/8/2023").Match));
        Assert.Equal([2, 0], Days("2023-08-13 2023-01-08").Select(At("on 13/8/2023").Match));
        Assert.Equal([2, 0], Days("2023-08-13 2023-01-08").Select(At("on 8/13/2023").Match));
    }

    [Fact]
    public void Match_SinceADate_IsFaintUntilToday() =>
        Assert.Equal([0, 1, 0.3, 0.3], Days("2022-12-31 2023-01-20 2023-04-01 2023-10-18").Select(At("since January 2023").Match));

    [Theory]
    [InlineData("v1.2.3")]
    [InlineData("1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("RFC 2023")]
    [InlineData("RFC-2023")]
    [InlineData("CVE-2023-1234")]
    [InlineData("error 2024")]
    [InlineData("port 2023")]
    [InlineData("in issue 2023")]
    [InlineData("#2023 and $2023")]
    [InlineData("version 1.2.2023")]
    [InlineData("What changed in 8.5.")]
    [InlineData("src/2023/05/08/notes.md")]
    [InlineData("id-2023-05-08-17")]
    [InlineData("2023-05-08-17")]
    [InlineData("in 2000 years")]
    [InlineData("31.02.2023")]
    [InlineData("2023-13-01")]
    [InlineData("2023-02-29")]
    [InlineData("32/13/2023")]
    [InlineData("in 1776")]
    [InlineData("What may happen?")]
    [InlineData("May I come?")]
    [InlineData("This may be fine.")]
    [InlineData("They march on.")]
    [InlineData("Is Marco here, or Jan?")]
    [InlineData("Is Mars red?")]
    [InlineData("in Rio de Janeiro")]
    [InlineData("He sat in the sun.")]
    [InlineData("Did the leaves fall last?")]
    [InlineData("every Tuesday")]
    [InlineData("half past ten")]
    [InlineData("the-the-Monday-and-letzte-8")]
    [InlineData("Guten Morgen")]
    [InlineData("10:30")]
    [InlineData("")]
    public void HasDates_TextWithoutADate_IsFalse(string text)
    {
        QuestionTime time = At(text);
        Assert.False(time.HasDates);
        Assert.Equal(0, time.Match(Day(Today)));
    }

    [Fact]
    public void Of_AnyTextAtAnyTime_Answers()
    {
        var random = new Random(11);
        string[] words = ("2023-05-08 8.5. 3-7 may May 8 2023 from between to and the of last next few two 0 9999 99999 weeks year Tuesday before after ago vor "
            + "yesterday summer since 5/8/2023 年 月 . , - / # é").Split(' ');
        for (int i = 0; i < Runs.Of(5000, 200_000); i++)
        {
            string text = random.Next(4) == 0
                ? RandomTexts.Any(random, random.Next(100))
                : string.Join(random.Next(5) switch { 0 => "", 1 => "-", _ => " " }, Enumerable.Range(0, random.Next(14)).Select(_ => words[random.Next(words.Length)]));
            long nowMs = random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => random.NextInt64(-70_000_000_000_000, 300_000_000_000_000) };
            QuestionTime time = QuestionTime.Of(text, nowMs);
            Assert.All(new[] { int.MinValue, -719_162, -1, 0, 19_485, 2_932_896, int.MaxValue }, d => Assert.Contains(time.Match(d), new[] { 0, 0.3, 1, 2 }));
        }
    }

    [Theory]
    [InlineData("a-")]
    [InlineData("2023-05-08/")]
    [InlineData("1.")]
    [InlineData("mai de de ")]
    [InlineData("of ")]
    [InlineData("the week before ")]
    [InlineData("a couple of ")]
    [InlineData("いつも")]
    public void Of_HostileText_TakesTimeInProportionToItsLength(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));
        var clock = Stopwatch.StartNew();
        _ = QuestionTime.Of(text, 0);

        // A square of the length would take minutes.
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
    }

    private static QuestionTime At(string question) => QuestionTime.Of(question, (Day(Today) * 86_400_000L) + 43_200_000);

    private static int[] Days(string days) => [.. days.Split(' ').Select(Day)];

    private static int Day(string date) => Day(DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static int Day(DateTime date) => (int)(date - DateTime.UnixEpoch).TotalDays;
}
