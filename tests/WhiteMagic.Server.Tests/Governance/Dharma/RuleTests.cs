using System;
using System.Linq;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Memory;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Governance.Dharma;

public sealed class RuleTests
{
    private const string Note = """{"content":"We chose SQLite over LMDB.","metadata":{"owner":"Ada"},"tags":["decision"]}""";

    [Theory]
    [InlineData("tool_patterns: [create_*]", true)]
    [InlineData("tool_patterns: create_memory", true)]
    [InlineData("tool_patterns: [delete_*, '?reate_memory']", true)]
    [InlineData("tool_patterns: [create]", false)]
    [InlineData("effects: [write]", true)]
    [InlineData("effects: [read, delete, external]", false)]
    [InlineData("keywords: [sqlite]", true)]
    [InlineData("keywords: [SQLITE over]", true)]
    [InlineData("keywords: [sql]", false)]
    [InlineData("keywords: [content]", false)]
    [InlineData("keywords: [owner]", true)]
    [InlineData("patterns: ['owner: ada$']", true)]
    [InlineData("keywords: [lmdb, nothing]", true)]
    [InlineData("keywords: [decision]", true)]
    [InlineData("patterns: ['chose \\w+ over']", true)]
    [InlineData("patterns: ['^decision$']", true)]
    [InlineData("patterns: ['\"content\"']", false)]
    [InlineData("min_size: 37", true)]
    [InlineData("min_size: 38", false)]
    [InlineData("galaxies: [proj*]", true)]
    [InlineData("galaxies: [default]", false)]
    [InlineData("agents: ['coder/*']", true)]
    [InlineData("agents: [coder]", false)]
    [InlineData("hours: ['13:00-14:00']", true)]
    [InlineData("hours: ['14:00-15:00', '09:00-13:20']", false)]
    [InlineData("hours: ['22:00-13:21']", true)]
    [InlineData("{hours: ['15:00-16:00'], utc_offset: '+02:00'}", true)]
    [InlineData("weekdays: [thu, fri]", true)]
    [InlineData("weekdays: [mon]", false)]
    [InlineData("{weekdays: [fri], utc_offset: '+12:00'}", true)]
    [InlineData("missing_fields: [title]", true)]
    [InlineData("missing_fields: [content]", false)]
    [InlineData("missing_fields: [content, title]", true)]
    [InlineData("target_tags: [Legal-Hold]", true)]
    [InlineData("target_tags: [other]", false)]
    [InlineData("{effects: [write], keywords: [lmdb]}", true)]
    [InlineData("{effects: [read], keywords: [lmdb]}", false)]
    [InlineData("{effects: [write], unless: {keywords: [lmdb]}}", false)]
    [InlineData("{effects: [write], unless: {keywords: [lmdb], agents: [nobody]}}", true)]
    [InlineData("{keywords: [lmdb], patterns: ['mongo']}", false)]
    public void Matchers_HoldOrNot(string matchers, bool expected)
    {
        // Thursday 2026-11-26, 13:20 UTC.
        Ruleset rules = Of($"rules:\n  - {{name: r, action: log, {(matchers.StartsWith('{') ? matchers[1..^1] : matchers)}}}");
        Deed deed = Deed(Note);
        Assert.Equal(expected, rules.Judge(deed).Rules.Any(r => r.Name == "r"));
    }

    [Theory]
    [InlineData("""{"tags":[]}""", true)]
    [InlineData("""{"tags":null}""", true)]
    [InlineData("""{"tags":""}""", true)]
    [InlineData("""{"content":{"tags":1}}""", true)]
    [InlineData("""{"tags":["a"]}""", false)]
    [InlineData("""{"a":[1,{"b":2}],"tags":0}""", false)]
    public void MissingFields_AbsentNullOrEmpty(string arguments, bool expected) =>
        Assert.Equal(expected, Of("rules: [{name: r, action: log, missing_fields: [tags]}]").Judge(Deed(arguments)).Rules.Count == 1);

    [Fact]
    public void Keywords_WholeWordsOnly_InAnyScript()
    {
        Ruleset rules = Of("rules: [{name: r, action: log, keywords: [all, Straße, 削除 する, rm, a1]}]");
        Assert.Empty(Names(rules, "recall the call, smaller, allow, rmdir, xrm, Hauptstraße"));
        foreach (string text in (string[])["take all.", "ALL", "die STRAßE hier", "x 削除 する y", "rm -rf", "a1", "(rm)"])
        {
            Assert.Equal(["r"], Names(rules, text));
        }
    }

    [Fact]
    public void Judge_SeveralRules_StrictestActionAndHighestSeverityWin()
    {
        Judgement judgement = Of("""
            rules:
              - {name: a, action: warn, severity: 0.8, keywords: [sqlite]}
              - {name: b, action: block, severity: 0.2, effects: [write]}
              - {name: c, action: block, keywords: [absent]}
            """).Judge(Deed(Note));
        Assert.Equal(["b", "a"], judgement.Rules.Select(r => r.Name));
        Assert.Equal(RuleAction.Block, judgement.Action);
        Assert.Equal(0.2, judgement.Score, 12);
    }

    [Fact]
    public void Judge_NothingMatches_GivesTheSameNothing() =>
        Assert.Same(Judgement.Nothing, Of("rules: []").Judge(Deed(Note)));

    [Fact]
    public void Judge_Escapes_AreRead()
    {
        Ruleset rules = Of("rules: [{name: r, action: log, patterns: ['^drop \"it\"\\t\\\\ now 😀$']}]");
        Assert.Single(rules.Judge(Deed("""{"x":"drop \"it\"\t\\ now \uD83D\uDE00"}""")).Rules);
        Assert.Single(rules.Judge(Deed("""{"x":["y",["drop \"it\"\t\\ now 😀"]]}""")).Rules);
    }

    [Fact]
    public void LaterRule_OfTheSameName_ChangesWhatItSays()
    {
        RuleBook book = RuleBook.Read(
            File("one.yaml", "rules: [{name: r, action: block, severity: 0.9, explain: no, keywords: [sqlite]}]"),
            File("two.yaml", "rules: [{name: r, action: warn}]"));
        Rule rule = book.Under("default").Rules.Single(r => r.Name == "r");
        Assert.Equal((RuleAction.Warn, 0.9, "no", "keywords: sqlite"), (rule.Action, rule.Severity, rule.Explain, rule.Conditions));
        Assert.Equal("two.yaml:1", rule.Source);
    }

    [Fact]
    public void Profile_RelaxesADefaultRuleByNamingIt()
    {
        RuleBook book = RuleBook.Read(File("a.yaml", """
            rules:
              - {name: r, action: block, severity: 0.9, keywords: [sqlite]}
              - {name: r, profile: easy, action: log, severity: 0}
              - {name: own, profile: easy, action: log, effects: [write]}
            """));
        Assert.Equal(RuleAction.Block, book.Under("default").Judge(Deed(Note)).Action);
        Judgement easy = book.Under("easy").Judge(Deed(Note));
        Assert.Equal((RuleAction.Log, 0.5), (easy.Action!.Value, easy.Severity));
        Assert.Equal(["own", "r"], easy.Rules.Select(r => r.Name).Order());
        Assert.DoesNotContain(book.Under("default").Rules, r => r.Name == "own");
    }

    [Theory]
    [InlineData("default", "secure", null)]
    [InlineData("creative", "default", null)]
    [InlineData("default", "violet", null)]
    [InlineData("default", "creative", "secrets_in_memory")]
    [InlineData("secure", "default", "secure_refuses_changes")]
    [InlineData("violet", "secure", "violet_blocks_exfiltration")]
    public void FindRelaxed_BuiltInProfiles(string from, string to, string? expected)
    {
        RuleBook book = RuleBook.Read();
        Assert.Equal(expected, book.Under(to).FindRelaxed(book.Under(from))?.Name);
    }

    [Fact]
    public void FindRelaxed_OtherConditions_IsARelaxation()
    {
        Ruleset wide = Of("rules: [{name: r, action: block, effects: [write]}]");
        Ruleset narrow = Of("rules: [{name: r, action: block, effects: [write], agents: [x]}]");
        Assert.Equal("r", narrow.FindRelaxed(wide)?.Name);
    }

    [Theory]
    [InlineData("rules: 3", "a.yaml:1:8", "list of rules")]
    [InlineData("rule: []", "a.yaml:1:1", "allowed: rules")]
    [InlineData("rules:\n  - {name: r, action: deny, effects: [write]}", "a.yaml:2:", "log, tag, warn, throttle, redact, block")]
    [InlineData("rules:\n  - {action: log, effects: [write]}", "a.yaml:2:", "\"name\" is missing")]
    [InlineData("rules:\n  - {name: r, effects: [write]}", "a.yaml:2:", "no action")]
    [InlineData("rules:\n  - {name: r, action: log}", "a.yaml:2:", "matches nothing")]
    [InlineData("rules:\n  - {name: r, action: log, effects: [writes]}", "a.yaml:2:", "read, write, delete, external")]
    [InlineData("rules:\n  - {name: r, action: log, keyword: [x]}", "a.yaml:2:", "unknown field \"keyword\"")]
    [InlineData("rules:\n  - {name: 'r s', action: log, effects: [write]}", "a.yaml:2:", "letters, digits")]
    [InlineData("rules:\n  - {name: r, action: log, severity: 2, effects: [write]}", "a.yaml:2:", "from 0 to 1")]
    [InlineData("rules:\n  - name: r\n    action: log\n    patterns:\n      - 'ok'\n      - '(('", "a.yaml:6:", "not closed")]
    [InlineData("rules:\n  - {name: r, action: log, hours: ['9-17']}", "a.yaml:2:", "22:00-06:00")]
    [InlineData("rules:\n  - {name: r, action: log, hours: ['25:00-26:00']}", "a.yaml:2:", "22:00-06:00")]
    [InlineData("rules:\n  - {name: r, action: log, utc_offset: '+02:00', effects: [write]}", "a.yaml:2:", "belongs to hours")]
    [InlineData("rules:\n  - {name: r, action: log, min_size: 0}", "a.yaml:2:", "from 1 to")]
    [InlineData("rules:\n  - {name: r, action: log, keywords: ['--force']}", "a.yaml:2:", "use patterns")]
    [InlineData("rules:\n  - {name: r, action: log, galaxies: []}", "a.yaml:2:", "1 to 256")]
    [InlineData("rules:\n  - {name: r, action: log, agents: ['']}", "a.yaml:2:", "empty text")]
    [InlineData("rules:\n  - {name: r, action: redact, effects: [write]}", "a.yaml:2:", "detect: secrets")]
    [InlineData("rules:\n  - {name: r, action: log, effects: [write], unless: {}}", "a.yaml:2:", "nothing that could hold")]
    [InlineData("rules:\n  - {name: r, profile: p, action: redact, effects: [write]}", "a.yaml:2:", "detect: secrets")]
    [InlineData("rules:\n\t- x", "a.yaml:2:", "tab")]
    public void Read_WhatIsNoRule_SaysWhereAndWhatIsAllowed(string yaml, string place, string expected)
    {
        string message = Assert.Throws<YamlException>(() => RuleBook.Read(File("a.yaml", yaml))).Message;
        Assert.StartsWith(place, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedRules_GivesRulesOrAYamlException()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[] good = Encoding.UTF8.GetBytes("""
            rules:
              - name: one
                action: block
                severity: 0.9
                patterns: ['(a|b)+\d{2,3}$', "x"]
                hours: ["22:00-06:00"]
                unless: {agents: ["nightly/*"], keywords: [drop table]}
              - {name: two, profile: secure, action: redact, detect: secrets}
            """);
        Deed deed = Deed(Note);
        for (int round = 0; round < Support.Runs.Of(3000, 100_000); round++)
        {
            byte[] yaml = [.. good];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                yaml[random.Next(yaml.Length)] = (byte)random.Next(256);
            }

            try
            {
                RuleBook.Read(new RuleDocument("fuzz.yaml", yaml)).Under("default").Judge(deed);
            }
            catch (YamlException e)
            {
                Assert.StartsWith("fuzz.yaml:", e.Message, StringComparison.Ordinal);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}");
            }
        }
    }

    // The index only leaves out rules that cannot match: asking every rule gives the same.
    [Fact]
    public void Judge_ManyRules_AsIfEachWereAlone()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < Support.Runs.Of(60, 2000); round++)
        {
            string[] rules = Enumerable.Range(0, 30).Select(i => RandomRule(random, i)).ToArray();
            Ruleset all = Of("rules:\n" + string.Join("\n", rules));
            Ruleset[] alone = rules.Select(r => Of("rules:\n" + r)).ToArray();
            for (int text = 0; text < 20; text++)
            {
                Deed deed = Deed($$"""{"content":"{{RandomWords(random)}}"}""");
                Assert.Equal(alone.SelectMany(r => r.Judge(deed).Rules.Select(x => x.Name)).Order(), all.Judge(deed).Rules.Select(r => r.Name).Order());
            }
        }
    }

    internal static Ruleset Of(string yaml) => RuleBook.Read(File("a.yaml", yaml)).Under("default");

    internal static Deed Deed(string arguments, string tool = "create_memory", Effect effect = Effect.Write) => new()
    {
        Tool = tool,
        Effect = effect,
        Agent = "coder/2.1",
        Session = "",
        Galaxy = "project-x",
        Arguments = Encoding.UTF8.GetBytes(arguments),
        StartedAtMs = Instant.TryParse("2026-11-26T13:20:00Z", out long ms) ? ms : 0,
        StartedTimestamp = 0,
        FindTargetTags = () => ["legal-hold"],
    };

    private static RuleDocument File(string name, string yaml) => new(name, Encoding.UTF8.GetBytes(yaml));

    private static string[] Names(Ruleset rules, string text) =>
        [.. rules.Judge(Deed($$"""{"content":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""")).Rules.Select(r => r.Name)];

    private static string RandomRule(Random random, int number)
    {
        string matcher = random.Next(5) switch
        {
            0 => $"keywords: [{Word(random)}, {Word(random)} {Word(random)}]",
            1 => $"patterns: ['{Word(random)}[ab]?{Word(random)}', '{Word(random)}']",
            2 => $"{{keywords: [{Word(random)}], patterns: ['{Word(random)}']}}",
            3 => "patterns: ['a.b']",
            _ => $"{{effects: [write], keywords: [{Word(random)}], unless: {{keywords: [{Word(random)}]}}}}",
        };
        return $"  - {{name: r{number}, action: log, {(matcher.StartsWith('{') ? matcher[1..^1] : matcher)}}}";
    }

    private static string RandomWords(Random random) => string.Join(random.Next(3) == 0 ? "-" : " ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => Word(random)));

    private static string Word(Random random) => new(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "abz"[random.Next(3)]).ToArray());
}
