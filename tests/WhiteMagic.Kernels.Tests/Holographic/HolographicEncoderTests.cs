using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using WhiteMagic.Kernels.Holographic;

namespace WhiteMagic.Kernels.Tests;

public sealed class HolographicEncoderTests
{
    private static readonly string[] Words = Encoding.ASCII.GetString(WordLists.Text).TrimEnd().Split(' ');

    [Fact]
    public void WordLists_EveryWord_IsFoundAndCountsForItsListOnly()
    {
        Assert.Equal(WordLists.WordCount, Words.Distinct().Count());
        Assert.Equal(WordLists.WordCount, Words.Length);
        Assert.Equal(WordLists.TextBytes, WordLists.Text.Length);
        int start = 0;
        foreach (string word in Words)
        {
            (float, float) expected = start < WordLists.EmotionStart ? (-1, 0)
                : start < WordLists.MicroStart ? (1, 0)
                : start < WordLists.MacroStart ? (0, -1)
                : (0f, 1f);
            Assert.Equal(expected, Encode(word));
            Assert.Equal(expected, Encode(word.ToUpperInvariant()));
            start += word.Length + 1;
        }
    }

    [Fact]
    public void EncodeText_RandomText_EqualsTheNaiveTwin()
    {
        const int Seed = 42;
        int cases = Environment.GetEnvironmentVariable("WM_FULL") == "1" ? 50_000 : 5_000;
        var random = new Random(Seed);
        string[] between = [" ", ", ", ".", "-", "'", "\n", "_", "7", "é", "", "x", "[", "`", "@", "{", "😀"];
        for (int i = 0; i < cases; i++)
        {
            var text = new StringBuilder();
            for (int words = random.Next(0, 40); words > 0; words--)
            {
                string word = random.Next(4) == 0 ? "und" : Words[random.Next(Words.Length)];
                text.Append(random.Next(5) == 0 ? word.ToUpperInvariant() : word);
                text.Append(random.Next(2) == 0 ? " " : between[random.Next(between.Length)]);
            }

            Assert.True(Naive(text.ToString()) == Encode(text.ToString()), $"seed {Seed}, case {i}: {text}");
        }
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("nothing listed", 0, 0)]
    [InlineData("love", 1, 0)]
    [InlineData("beloved clover loved lovely", 1, 0)] // only "beloved" is a word of a list
    [InlineData("love Love LOVE code", 0, 0)]
    [InlineData("love hope code", 1f / 3, 0)]
    [InlineData("love_letter code2 éhope hopeé", 0, 0)]
    [InlineData("world/byte, system", 0, 1f / 3)]
    public void EncodeText_Example_IsAsComputedByHand(string text, float x, float y) => Assert.Equal((x, y), Encode(text));

    [Fact]
    public void EncodeText_AnyBytes_StaysInRange()
    {
        var random = new Random(3);
        byte[] bytes = new byte[300];
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(bytes);
            HolographicEncoder.EncodeText(bytes.AsSpan(0, random.Next(bytes.Length)), out float x, out float y);
            Assert.InRange(x, -1, 1);
            Assert.InRange(y, -1, 1);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(365, 0)]
    [InlineData(1095, -0.5f)]
    [InlineData(double.PositiveInfinity, -1)]
    public void Newness_Age_IsAsDocumented(double ageDays, float expected) => Assert.Equal(expected, HolographicEncoder.Newness(ageDays));

    [Theory]
    [InlineData(0, 0, 0, 0.5f)]
    [InlineData(double.NaN, -1, 0, 0.5f)]
    [InlineData(0.9, 2, 201, 1.2f)]
    [InlineData(1, 5, 501, 1.7f)]
    [InlineData(9, int.MaxValue, int.MaxValue, 2.5f)]
    public void Weight_Example_IsAsDocumented(double importance, int accesses, int bytes, float expected) =>
        Assert.Equal(expected, HolographicEncoder.Weight(importance, accesses, bytes));

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(0, 0, 5, 0)]
    [InlineData(double.NaN, 0, double.NaN, 1)]
    [InlineData(1, 4, 0.75, 0.55f)]
    [InlineData(1, 100, 0.9, 0.5f)]
    [InlineData(9, 100, 0, 1)]
    public void Vitality_Example_IsAsDocumented(double importance, int accesses, double galacticDistance, float expected) =>
        Assert.Equal(expected, HolographicEncoder.Vitality(importance, accesses, galacticDistance));

    private static (float X, float Y) Encode(string text)
    {
        HolographicEncoder.EncodeText(Encoding.UTF8.GetBytes(text), out float x, out float y);
        return (x, y);
    }

    private static (float X, float Y) Naive(string text)
    {
        HashSet<string> words = [.. Regex.Matches(text, "[A-Za-z0-9_\u0080-\uFFFF]+").Select(m => m.Value.ToLowerInvariant())];
        int Count(int from, int to) => Encoding.ASCII.GetString(WordLists.Text[from..to]).Split(' ').Count(words.Contains);
        int logic = Count(0, WordLists.EmotionStart);
        int emotion = Count(WordLists.EmotionStart, WordLists.MicroStart);
        int micro = Count(WordLists.MicroStart, WordLists.MacroStart);
        int macro = Count(WordLists.MacroStart, WordLists.TextBytes);
        return (Balance(emotion, logic), Balance(macro, micro));
    }

    private static float Balance(int plus, int minus) => plus + minus == 0 ? 0 : (float)(plus - minus) / (plus + minus);
}
