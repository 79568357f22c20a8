using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

public sealed class YamlLimitTests(ITestOutputHelper output)
{
    // A reader that looked back over its input even once per line would need minutes for these.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    [Fact]
    public void Parse_BytesAtAndPastTheLimit_AreReadAndRefused()
    {
        string most = "a: '" + new string('é', (YamlReader.MaxBytes - 6) / 2) + "'\n";
        Assert.Equal(YamlReader.MaxBytes, Encoding.UTF8.GetByteCount(most));
        Assert.Equal("a", Assert.IsType<YamlMap>(YamlReader.Parse(most, "x.yaml"))[0].Key);
        Assert.Equal("a", Assert.IsType<YamlMap>(YamlReader.Parse(Encoding.UTF8.GetBytes(most), "x.yaml"))[0].Key);

        byte[] tooMany = Encoding.UTF8.GetBytes(most + "\n");
        const string Problem = "x.yaml:1:1: the file is larger than 1048576 bytes";
        Assert.Equal(Problem, Assert.Throws<YamlException>(() => YamlReader.Parse(tooMany, "x.yaml")).Message);
        Assert.Equal(Problem, Assert.Throws<YamlException>(() => YamlReader.Parse(most + "\n", "x.yaml")).Message);
    }

    public static TheoryData<string, string, string> Nestings => new()
    {
        { "- ", "a", "" },
        { "[", "a", "]" },
        { "{a: ", "b", "}" },
        { "[{a: ", "b", "}]" },
        { "[a: ", "b", "]" },
        { "- a:\n", "b", "" },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Parse_DepthAtAndPastTheLimit_IsReadAndRefused(string open, string inner, string close)
    {
        int perOpening = open is "[{a: " or "[a: " or "- a:\n" ? 2 : 1;
        Assert.Equal(YamlReader.MaxDepth, Depth(YamlReader.Parse(Nest(YamlReader.MaxDepth / perOpening), "x.yaml")));
        var refusal = Assert.Throws<YamlException>(() => YamlReader.Parse(Nest((YamlReader.MaxDepth / perOpening) + 1), "x.yaml"));
        Assert.Equal("maps and lists are nested deeper than 64 levels", refusal.Problem);

        string Nest(int count)
        {
            var text = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                text.Append(open == "- a:\n" ? new string(' ', i * 4) : "").Append(open);
            }
            text.Append(open == "- a:\n" ? new string(' ', count * 4) : "").Append(inner);
            return text.Insert(text.Length, close, count).ToString();
        }
    }

    [Fact]
    public void Parse_KeyAtAndPastTheLimit_IsReadAndRefused()
    {
        string most = new('k', YamlReader.MaxKeyLength);
        Assert.Equal(most, Assert.IsType<YamlMap>(YamlReader.Parse(most + ": 1", "x.yaml"))[0].Key);
        foreach (string yaml in new[] { most + "k: 1", "{" + most + "k: 1}", "'" + most + "k': 1" })
        {
            Assert.Equal("the key is longer than 1024 characters", Assert.Throws<YamlException>(() => YamlReader.Parse(yaml, "x.yaml")).Problem);
        }
    }

    [Fact]
    public void Parse_DeepestDocument_FitsASmallStack()
    {
        // 256 KiB is a quarter of the smallest default stack of a supported platform.
        string[] documents = [.. new[] { "[", "{a: ", "- ", "[a: " }.Select(open => string.Concat(Enumerable.Repeat(open, 100_000)))];
        var problems = new List<string>();
        var thread = new Thread(
            () => problems.AddRange(documents.Select(each => Assert.Throws<YamlException>(() => YamlReader.Parse(each, "x.yaml")).Problem)),
            256 << 10);
        thread.Start();
        thread.Join();
        Assert.Equal(Enumerable.Repeat("maps and lists are nested deeper than 64 levels", documents.Length), problems);
    }

    [Fact]
    public void Parse_HostileMebibyte_EndsWithinTheBudget()
    {
        TimeSpan slowest = TimeSpan.Zero;
        foreach ((string name, string yaml) in Hostile())
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(yaml.Length > YamlReader.MaxBytes ? yaml[..YamlReader.MaxBytes] : yaml);
            long start = Stopwatch.GetTimestamp();
            string outcome;
            try
            {
                outcome = YamlReader.Parse(utf8, "x.yaml").Describe();
            }
            catch (YamlException refusal)
            {
                outcome = refusal.Message;
            }
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            slowest = elapsed > slowest ? elapsed : slowest;
            output.WriteLine($"{elapsed.TotalMilliseconds,7:F1} ms  {utf8.Length,7} bytes  {name}: {outcome}");
            Assert.True(elapsed < Budget, $"{name} took {elapsed.TotalSeconds:F1} s");
        }
        output.WriteLine($"slowest {slowest.TotalMilliseconds:F1} ms, budget {Budget.TotalMilliseconds:F0} ms");
    }

    [Fact]
    public void Parse_HundredThousandKeys_AreAllThere()
    {
        const int Count = 100_000;
        var text = new StringBuilder();
        for (int i = 0; i < Count; i++)
        {
            text.Append('k').Append(i.ToString(CultureInfo.InvariantCulture)).Append(":\n");
        }
        YamlMap map = Assert.IsType<YamlMap>(YamlReader.Parse(text.ToString(), "x.yaml"));
        Assert.Equal(Count, map.Count);
        Assert.Equal(Count, map.Find("k99999")!.Line);
    }

    private static IEnumerable<(string Name, string Yaml)> Hostile()
    {
        yield return ("one plain text", new string('a', YamlReader.MaxBytes));
        foreach (string unit in new[]
        {
            "[", "]", "{", "{a: {a:", "- ", "-\n", "- a\n", "a\n", "a ", " ", "\n", "\t", ":", ": ", "a: ", "?", "? ", "\"", "'", "\"\n", "'\n", "\\",
            "# comment\n", "#", " #", "|", "|\n", "- |\n", "- |\n\n", "- a\n\n", ",", "[],", "- \"a\n  b\"\n", "- []\n", "é", "--- ", "...\n",
        })
        {
            yield return (Show(unit), Repeat(unit));
        }
        foreach ((string start, string unit) in new[]
        {
            ("[", "a,"), ("[", "[],"), ("[", "\n"), ("[", "a: b,"), ("[", "''',"), ("[a", "\n a"), ("[a", " #\n"), ("[a,", " # \n"),
            ("\"", "a\n"), ("\"", "\n"), ("\"", " "), ("\"", "\\\n"), ("\"", "\\x41"), ("'", "''"), ("'", " \n"), ("a", "\n"), ("a", "\n\n a"), ("a: b", "\n "),
            ("|\n", " a\n"), ("|\n", "\n"), ("|\n", "  \n\n"), (">\n", " a\n"), (">\n", "  a\n a\n\n"), ("|+\n", " \n"), ("a: |\n", " "),
            ("{", "\"a\":\n"), ("k:\n", "- a: b\n"), ("- a\n", "\n"), ("a:", " "), ("a: [", "\n  "), ("a: \"", "\n  "), ("a:\n", " # x\n"),
        })
        {
            yield return (Show(start) + " " + Show(unit), start + Repeat(unit));
        }
        yield return ("100k keys in brackets", "{" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: ,")) + "}");
        yield return ("lines of growing indentation", string.Concat(Enumerable.Range(0, 1400).Select(i => new string(' ', i) + "a:\n")));
        yield return ("60 open lists and blank lines", string.Concat(Enumerable.Repeat("- ", 60)) + "a" + new string('\n', 1_000_000) + "b");
    }

    private static string Repeat(string unit) => string.Concat(Enumerable.Repeat(unit, YamlReader.MaxBytes / Encoding.UTF8.GetByteCount(unit)));

    private static string Show(string text) =>
        "`" + text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "`";

    private static int Depth(YamlNode node) => node switch
    {
        YamlMap map => 1 + Depth(map[0].Value),
        YamlList list => 1 + Depth(list[0]),
        _ => 0,
    };
}
