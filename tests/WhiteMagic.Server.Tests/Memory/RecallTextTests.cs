using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Exchange;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Memory;

public sealed class RecallTextTests
{
    [Theory]
    [InlineData("What did the user write about deployments?", "user,write,deployments")]
    [InlineData("the and of", "the,and,of")]
    [InlineData("NEAR(a b) \"quoted\" -x* y:z", "NEAR,b,quoted,x,y,z,y:z")]
    [InlineData("Café CAFE cafe", "Café")]
    [InlineData("getUserName", "get,User,Name,getUserName")]
    [InlineData("?!", "")]
    [InlineData("", "")]
    public void Question_HasTheTermsThatTell(string query, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : expected.Split(','), Question.Of(query, 0).Terms.ToArray().Select(t => Encoding.UTF8.GetString(t.Text.Span)));

    [Fact]
    public void Question_OfAnyText_IsBounded()
    {
        var random = new Random(3);
        for (int i = 0; i < Runs.Of(2000, 50_000); i++)
        {
            Question question = Question.Of(RandomTexts.Any(random, random.Next(300)), random.NextInt64(-1L << 50, 1L << 50));
            Assert.InRange(question.Terms.Length, 0, Question.MostTerms);
            Assert.Equal(question.Terms.Length, question.Terms.ToArray().Select(t => t.Hash).Distinct().Count());
        }
    }

    [Fact]
    public void TokenEstimate_IsWhatItsRuleSays()
    {
        (string Text, int Tokens)[] cases = [("", 0), ("a", 1), ("memory", 1), ("memorys", 2), ("memories12", 3), ("one two", 2), ("one  two", 3), ("12345678", 3), ("漢字漢", 3), (" ", 1), ("ab,cd", 3)];
        Assert.All(cases, c => Assert.Equal(c.Tokens, TokenEstimate.Of(c.Text)));
    }

    [Fact]
    public void TokenEstimate_OfALongRun_GrowsWithIt()
    {
        Assert.InRange(TokenEstimate.Of(new string('-', 100_000)), 1000, 100_000);
        Assert.InRange(TokenEstimate.Of(new string(' ', 100_000)), 1000, 100_000);
    }

    [Fact]
    public void CharsWithin_FitsAndNeverSplitsACharacter()
    {
        var random = new Random(6);
        for (int i = 0; i < Runs.Of(2000, 50_000); i++)
        {
            string text = RandomTexts.Unicode(random, random.Next(200));
            int budget = random.Next(0, 60);
            int chars = TokenEstimate.CharsWithin(text, budget);
            Assert.True(TokenEstimate.Of(text.AsSpan(0, chars)) <= budget);
            Assert.False(chars > 0 && chars < text.Length && char.IsHighSurrogate(text[chars - 1]) && char.IsLowSurrogate(text[chars]));
        }
    }

    [Fact]
    public void Pack_OfAnyMemories_StaysWithinItsBudgetAndKeepsTheBest()
    {
        var random = new Random(7);
        for (int i = 0; i < Runs.Of(1500, 30_000); i++)
        {
            int budget = i % 3 == 0 ? 64 : random.Next(64, 3000);
            var pack = new Pack(budget);
            List<MemoryRecord> memories = NastyMemories.Make(random, random.Next(1, 6));
            foreach (MemoryRecord memory in memories)
            {
                pack.Add(memory, random.Next(2) == 0 ? null : memory.Content[..Math.Min(memory.Content.Length, 100)]);
            }

            Assert.Equal(memories[0].Id, pack.Ids[0]);
            Assert.True(pack.Tokens <= budget, $"{pack.Tokens} > {budget}");
            Assert.True(TokenEstimate.Of(pack.Text) <= pack.Tokens);
            AssertQuoted(pack);
        }
    }

    [Fact]
    public void Pack_AtTheLeastBudget_KeepsAMemoryWithTheLongestHeading()
    {
        var pack = new Pack(Limits.MinTokenBudget);
        pack.Add(Record(new string('漢', 5000), new string('字', 1000), new string('名', 200)));
        Assert.Single(pack.Ids);
        Assert.True(pack.IsTruncated);
        Assert.True(TokenEstimate.Of(pack.Text) <= Limits.MinTokenBudget);
        AssertQuoted(pack);
    }

    [Theory]
    [InlineData('-')]
    [InlineData(' ')]
    [InlineData('\u0001')]
    [InlineData('\\')]
    public void Pack_OfVeryLongRuns_StaysBelowTheLineLimit(char c)
    {
        var random = new Random(8);
        var pack = new Pack(Limits.MaxTokenBudget);
        for (int i = 0; i < 20; i++)
        {
            pack.Add(Record("x" + new string(c, Limits.ContentBytes - 2) + "y", id: NastyMemories.Id(random)));
        }

        string json = System.Text.Json.JsonSerializer.Serialize(pack.Text);
        string twice = System.Text.Json.JsonSerializer.Serialize(json);
        Assert.InRange(json.Length + twice.Length, 100, (4 << 20) - (64 << 10));
        Assert.NotEmpty(pack.Ids);
    }

    [Fact]
    public void Pack_TitleThatIsCut_IsCutBetweenCharacters()
    {
        var pack = new Pack(2000);
        pack.Add(Record("text", "x" + string.Concat(Enumerable.Repeat("😀", 100))));
        Assert.Equal(pack.Text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(pack.Text)));
    }

    [Fact]
    public void Pack_SameMemoryTwice_IsInItOnce()
    {
        var pack = new Pack(2000);
        MemoryRecord memory = Record("text");
        Assert.True(pack.Add(memory));
        Assert.False(pack.Add(memory));
        Assert.Single(pack.Ids);
    }

    // Whatever the content, each line is the preamble, a heading of ours with the id of a memory in the pack, or quoted.
    private static void AssertQuoted(Pack pack)
    {
        string[] lines = pack.Text.Split('\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\u001c', '\u001d', '\u001e');
        int headings = 0;
        for (int i = 1; i < lines.Length - 1; i++)
        {
            bool isHeading = lines[i].StartsWith('[');
            headings += isHeading ? 1 : 0;
            Assert.True(lines[i].StartsWith("> ", StringComparison.Ordinal) || (isHeading && lines[i].StartsWith("[" + pack.Ids[headings - 1], StringComparison.Ordinal)), lines[i]);
        }

        Assert.Equal(pack.Ids.Count, headings);
        Assert.Equal("", lines[^1]);
    }

    private static MemoryRecord Record(string content, string title = "", string? speaker = null, MemoryId? id = null) => new()
    {
        Id = id ?? MemoryId.Read(Convert.FromHexString("a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6")),
        Title = title,
        Content = content,
        Speaker = speaker,
        Tags = [],
        Type = MemoryType.Conversation,
        Importance = 0.5,
        CreatedAtMs = 0,
        UpdatedAtMs = 0,
        EventTimeMs = 0,
        Version = 1,
        AccessCount = 0,
        ContentHash = "",
    };
}
