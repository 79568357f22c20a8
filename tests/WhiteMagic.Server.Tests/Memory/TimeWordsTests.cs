using System;
using System.Linq;
using System.Text;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class TimeWordsTests
{
    [Theory]
    [InlineData("I went there yesterday and it was fine.")]
    [InlineData("YESTERDAY")]
    [InlineData("three days ago")]
    [InlineData("Today's run")]
    [InlineData("last night")]
    [InlineData("this morning")]
    [InlineData("last Tues")]
    [InlineData("on Tuesday")]
    [InlineData("for years")]
    [InlineData("in 2019 we met")]
    [InlineData("2023-05-08")]
    [InlineData("08.05.2023")]
    [InlineData("in May")]
    [InlineData("May 8")]
    [InlineData("the 8th may")]
    [InlineData("September")]
    [InlineData("a year—nothing less")]
    [InlineData("2023年5月")]
    [InlineData("Gestern war es kalt.")]
    [InlineData("letzte Nacht")]
    [InlineData("im MÄRZ")]
    [InlineData("seit zwei Wochen")]
    [InlineData("aujourd'hui")]
    [InlineData("avant-hier")]
    [InlineData("hier soir")]
    [InlineData("en février")]
    [InlineData("la semana pasada")]
    [InlineData("hace dos días")]
    [InlineData("mañana")]
    public void AnyIn_TextWithAWordOfTime_IsTrue(string text) => Assert.True(TimeWords.AnyIn(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("The night was dark.")]
    [InlineData("You may come in.")]
    [InlineData("He sat in the sun.")]
    [InlineData("Das ist hier.")]
    [InlineData("mes amis")]
    [InlineData("agog and yearling")]
    [InlineData("abc2023 and 2023abc")]
    [InlineData("12345 123 12")]
    [InlineData("injustice")]
    [InlineData("xxxxxxxxxxxxxxxxyesterday")]
    [InlineData("漢字 🎉")]
    [InlineData("")]
    public void AnyIn_TextWithoutOne_IsFalse(string text) => Assert.False(TimeWords.AnyIn(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void AnyIn_AnyBytes_Answers()
    {
        var random = new Random(12);
        byte[] word = " ago "u8.ToArray();
        for (int i = 0; i < Runs.Of(5000, 200_000); i++)
        {
            byte[] bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            _ = TimeWords.AnyIn(bytes);

            // Whatever stands before it, as long as it is whole.
            Assert.True(TimeWords.AnyIn([.. bytes, .. "    "u8, .. word]));
        }
    }

    [Fact]
    public void AnyIn_Text_AllocatesNothing()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("It was a good thing to see them all. ", 50)));
        _ = TimeWords.AnyIn(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(TimeWords.AnyIn(text));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
