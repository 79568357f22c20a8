using System;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Dharma.Patterns;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Dharma;

public sealed class PatternTests
{
    [Theory]
    [InlineData("abc", "xxabcxx", true)]
    [InlineData("ABC", "xxaBcxx", true)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("a.c", "aéc", true)]
    [InlineData("a.{2}c", "aéüc", true)]
    [InlineData("a.{3}c", "aéüc", false)]
    [InlineData("^abc$", "one\nabc\ntwo", true)]
    [InlineData("^abc$", "one abc", false)]
    [InlineData(@"\bcat\b", "a cat sat", true)]
    [InlineData(@"\bcat\b", "concatenate", false)]
    [InlineData(@"\bcat\b", "écat", false)]
    [InlineData("[a-c]+x{2,3}y", "aabxxxy", true)]
    [InlineData("[a-c]+x{2,3}y", "aabxy", false)]
    [InlineData("[^a-z]", "abc", false)]
    [InlineData("[^a-z]", "abcÄ", true)]
    [InlineData("[äö]x", "ÖX", true)]
    [InlineData(@"(curl|wget)\s+\S+\s+-d", "please curl https://x -d @file", true)]
    [InlineData(@"(curl|wget)\s+\S+\s+-d", "please curl https://x", false)]
    [InlineData("(a*)*b", "aaaac", false)]
    [InlineData("", "", false, false)]
    [InlineData(@"\w+", "über", true)]
    [InlineData("straße", "STRASSE", false)]
    [InlineData(@"a\.b", "a.b", true)]
    [InlineData(@"a\.b", "axb", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-]", "-", true)]
    public void IsMatch_Samples(string pattern, string text, bool expected, bool isPattern = true)
    {
        if (!isPattern)
        {
            Assert.Throws<PatternException>(() => Pattern.Parse(pattern));
            return;
        }

        Assert.Equal(expected, Pattern.Parse(pattern).IsMatch(Folded(text)));
    }

    [Theory]
    [InlineData("(", "not closed")]
    [InlineData("a)", "closes nothing")]
    [InlineData("*a", "a repetition of nothing")]
    [InlineData("a**", "a repetition of a repetition")]
    [InlineData("a{3,2}", "{3,5}")]
    [InlineData("a{", "a number")]
    [InlineData("a{1001}", "0 to 1000")]
    [InlineData("[abc", "not closed")]
    [InlineData("[z-a]", "a range")]
    [InlineData(@"\q", "escape")]
    [InlineData(@"a\", "at the end")]
    [InlineData(@"(a)\1", "escape")]
    [InlineData("(?=a)", "looking ahead")]
    [InlineData("(?<n>a)", "looking ahead")]
    [InlineData("^*", "anchor")]
    [InlineData("(a{1000}){1000}", "1000 steps")]
    [InlineData("[^ä]", "only ASCII")]
    public void Parse_WhatIsNotAllowed_SaysWhatAndWhere(string pattern, string expected)
    {
        string message = Assert.Throws<PatternException>(() => Pattern.Parse(pattern)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("at character ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLongOrTooDeep_IsRefused()
    {
        Assert.Throws<PatternException>(() => Pattern.Parse(new string('a', 1001)));
        Assert.Throws<PatternException>(() => Pattern.Parse(new string('(', 400) + new string(')', 400)));
    }

    // The framework's matcher is the twin: it goes back, ours does not.
    [Fact]
    public void IsMatch_RandomPatternsAndTexts_AgreesWithTheFramework()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        int matched = 0;
        for (int round = 0; round < Runs.Of(4000, 200_000); round++)
        {
            string pattern = RandomPattern(random, 3);
            string text = RandomText(random);
            if (!TryParse(pattern, out Pattern? ours) || !TryTwin(pattern, text, out bool expected))
            {
                continue;
            }

            Assert.True(expected == ours.IsMatch(Encoding.UTF8.GetBytes(text)), $"seed {seed}, round {round}: /{pattern}/ in \"{text}\" should be {expected}");
            Assert.True(!expected || HoldsALiteral(ours, text), $"seed {seed}, round {round}: /{pattern}/ in \"{text}\" has none of its literals");
            matched += expected ? 1 : 0;
        }

        Assert.InRange(matched, Runs.Of(4000, 200_000) / 10, Runs.Of(4000, 200_000) * 9 / 10);
    }

    [Theory]
    [InlineData("(a|a)*b")]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+$x")]
    [InlineData("(.*a){20}b")]
    [InlineData("a{500}b")]
    [InlineData("(a?){300}a{300}b")]
    public void IsMatch_WhatMakesOthersGoBackForEver_IsLinear(string pattern)
    {
        byte[] text = new byte[1 << 20];
        Array.Fill(text, (byte)'a');
        Pattern parsed = Pattern.Parse(pattern);
        var clock = Stopwatch.StartNew();
        Assert.False(parsed.IsMatch(text));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
    }

    [Fact]
    public void IsMatch_MoreStatesThanAreKept_StillAnswersRight()
    {
        // The state has to remember which of the last twelve characters were an a: 4,096 states.
        Pattern pattern = Pattern.Parse("a[ab]{11}c");
        var random = new Random(7);
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++)
        {
            text.Append(random.Next(2) == 0 ? 'a' : 'b');
        }

        Assert.False(pattern.IsMatch(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.True(pattern.IsMatch(Encoding.UTF8.GetBytes(text + "abbbbbbbbbbbc")));
        Assert.False(pattern.IsMatch(Encoding.UTF8.GetBytes(text + "bbbbbbbbbbbbc")));
    }

    [Fact]
    public void IsMatch_AnyBytes_NeverThrows()
    {
        var random = new Random(11);
        Pattern[] patterns = [Pattern.Parse(@"\w+.\s[^x]"), Pattern.Parse("é+|[äö]$"), Pattern.Parse(@"\B.\b")];
        for (int round = 0; round < 2000; round++)
        {
            byte[] text = new byte[random.Next(40)];
            random.NextBytes(text);
            foreach (Pattern pattern in patterns)
            {
                pattern.IsMatch(text);
            }
        }
    }

    // Nested repetitions may become too large when they are written out.
    private static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Pattern? pattern)
    {
        try
        {
            pattern = Pattern.Parse(text);
            return true;
        }
        catch (PatternException e) when (e.Message.Contains("1000 steps", StringComparison.Ordinal))
        {
            pattern = null;
            return false;
        }
    }

    // Some patterns take the twin for ever.
    private static bool TryTwin(string pattern, string text, out bool isMatch)
    {
        try
        {
            isMatch = Regex.IsMatch(text, pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(200));
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            isMatch = false;
            return false;
        }
    }

    private static byte[] Folded(string text)
    {
        var folded = new FoldedText();
        folded.Set(Encoding.UTF8.GetBytes(text));
        return folded.Span.ToArray();
    }

    private static bool HoldsALiteral(Pattern pattern, string text)
    {
        if (pattern.Literals is not { } literals)
        {
            return true;
        }

        foreach (byte[] literal in literals)
        {
            if (text.Contains(Encoding.UTF8.GetString(literal), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string RandomPattern(Random random, int depth)
    {
        var pattern = new StringBuilder();
        int parts = random.Next(1, 5);
        for (int i = 0; i < parts; i++)
        {
            switch (random.Next(depth > 0 ? 10 : 6))
            {
                case 0: pattern.Append("[ab]"); break;
                case 1: pattern.Append("[^a\n]"); break;
                case 2: pattern.Append(random.Next(2) == 0 ? @"\b" : "^"); continue;
                case 3: pattern.Append(random.Next(2) == 0 ? @"\d" : @"\w"); break;
                case 6 or 7: pattern.Append('(').Append(RandomPattern(random, depth - 1)).Append('|').Append(RandomPattern(random, depth - 1)).Append(')'); break;
                case 8: pattern.Append("(?:").Append(RandomPattern(random, depth - 1)).Append(')'); break;
                case 9: pattern.Append("abc"[..random.Next(1, 4)]).Append('x'); break;
                default: pattern.Append("abc1 _"[random.Next(6)]); break;
            }

            pattern.Append(random.Next(8) switch { 0 => "*", 1 => "+", 2 => "?", 3 => "{0,2}", 4 => "{1,3}", _ => "" });
        }

        return pattern.Append(random.Next(12) == 0 ? "$" : "").ToString();
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        int length = random.Next(16);
        for (int i = 0; i < length; i++)
        {
            text.Append("aabbc1 _x\n-"[random.Next(11)]);
        }

        return text.ToString();
    }
}
