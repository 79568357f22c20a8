using System;
using System.IO;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

/// <summary>The estimate against o200k's counts (npm gpt-tokenizer 3.0, encoding/o200k_base) of the texts in Memory/Tokens.</summary>
public sealed class TokenEstimateTests
{
    private const double Tolerance = 0.15;

    [Theory]
    [InlineData("c", 736)]
    [InlineData("chat", 177)]
    [InlineData("csharp", 490)]
    [InlineData("european", 130)]
    [InlineData("javascript", 802)]
    [InlineData("json", 981)]
    [InlineData("log", 373)]
    [InlineData("markdown", 833)]
    [InlineData("prose", 767)]
    [InlineData("scripts", 230)]
    [InlineData("sql", 738)]
    public void Of_ATextOfAnyKind_IsNearTheCountOfARealVocabulary(string name, int tokens)
    {
        string text = File.ReadAllText(Repository.File($"tests/WhiteMagic.Server.Tests/Memory/Tokens/{name}.txt"));
        Assert.InRange(TokenEstimate.Of(text) / (double)tokens, 1 - Tolerance, 1 + Tolerance);
    }

    [Fact]
    public void Of_ATextThatIsParted_IsNotLess()
    {
        // Packs add up what their lines cost.
        var random = new Random(4);
        for (int i = 0; i < Runs.Of(500, 10_000); i++)
        {
            string a = RandomTexts.Any(random, random.Next(100)) + "\n";
            string b = "> " + RandomTexts.Any(random, random.Next(100));
            Assert.True(TokenEstimate.Of(a + b) <= TokenEstimate.Of(a) + TokenEstimate.Of(b), a + b);
        }
    }
}
