using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Dharma;

public sealed class DharmaRulesTests : IDisposable
{
    private const string Block = "rules: [{name: r, action: block, effects: [write]}]";

    private readonly TemporaryFolder _folder = new();
    private readonly Clock _clock = new();
    private readonly string _root;
    private readonly DharmaRules _rules;

    public DharmaRulesTests()
    {
        _root = _folder.File("root");
        Directory.CreateDirectory(Path.Combine(_root, "dharma", "rules.d"));
        _rules = new DharmaRules(_root, _clock, path => System.IO.File.GetLastWriteTimeUtc(path).Ticks);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Current_WithoutFiles_IsWhatComesWithTheProgram()
    {
        var none = new DharmaRules(Path.Combine(_root, "not there"), _clock, path => System.IO.File.GetLastWriteTimeUtc(path).Ticks);
        Assert.Contains(none.Current.Rules, r => r is { Name: "secrets_in_memory", Source: "built-in", Action: RuleAction.Block });
        Assert.Equal(("default", ""), (none.Current.Profile, none.Problem));
        Assert.False(Directory.Exists(Path.Combine(_root, "not there")));
        Assert.NotEmpty(new DharmaRules("", _clock, path => System.IO.File.GetLastWriteTimeUtc(path).Ticks).Current.Rules);
    }

    [Fact]
    public void Current_AFileThatAppearsChangesOrGoes_HoldsWithinASecond()
    {
        Assert.Null(Ruled());
        Write("dharma_rules.yaml", Block);
        _clock.Pass(0.9);
        Assert.Equal(RuleAction.Block, Ruled());
        Write("dharma/rules.d/b.yml", "rules: [{name: r, action: warn}]");
        _clock.Pass(0.9);
        Assert.Equal(RuleAction.Warn, Ruled());
        Write("dharma/rules.d/b.yml", "rules: [{name: r, action: tag}]");
        _clock.Pass(0.9);
        Assert.Equal(RuleAction.Tag, Ruled());
        File.Delete(Path.Combine(_root, "dharma_rules.yaml"));
        File.Delete(Path.Combine(_root, "dharma/rules.d/b.yml"));
        _clock.Pass(0.9);
        Assert.Null(Ruled());
    }

    [Fact]
    public void Current_NothingChanged_IsTheSameSet()
    {
        Write("dharma_rules.yaml", Block);
        Ruleset first = _rules.Current;
        _clock.Pass(10);
        Assert.Same(first, _rules.Current);
    }

    [Fact]
    public void Current_AFileWithAnError_ChangesNothingAndSaysWhere()
    {
        Write("dharma/rules.d/a.yaml", Block);
        Assert.Equal(RuleAction.Block, Ruled());
        Write("dharma/rules.d/a.yaml", "rules:\n  - {name: r, action: blok, effects: [write]}");
        _clock.Pass(0.9);
        Assert.Equal(RuleAction.Block, Ruled());
        Assert.StartsWith("dharma/rules.d/a.yaml:2:", _rules.Problem, StringComparison.Ordinal);
        Assert.False(_rules.Reload());
        Write("dharma/rules.d/a.yaml", "rules: []");
        Assert.True(_rules.Reload());
        Assert.Equal("", _rules.Problem);
        Assert.Null(Ruled());
    }

    [Fact]
    public void Binding_AFileWithAnErrorFromTheBeginning_IsNoneUntilItIsRight()
    {
        Write("dharma/profile", "secure");
        Write("dharma_rules.yaml", "rules: [oops]");
        Assert.Null(_rules.Binding);
        Assert.Contains(_rules.Current.Rules, r => r.Name == "secrets_in_memory");
        Assert.StartsWith("dharma_rules.yaml:1:", _rules.Problem, StringComparison.Ordinal);
        Assert.Contains("nothing can be changed", _rules.Consequence, StringComparison.Ordinal);
        Write("dharma_rules.yaml", Block);
        _clock.Pass(0.9);
        Assert.Equal("secure", _rules.Binding!.Profile);
        Assert.Equal("", _rules.Problem);
        Write("dharma_rules.yaml", "rules: [oops]");
        _clock.Pass(0.9);
        Assert.Equal("secure", _rules.Binding!.Profile);
        Assert.Equal("the rules before it stay in force", _rules.Consequence);
    }

    [Fact]
    public void Call_WhileNoRulesCouldBeTaken_ReadsAndChangesNothing()
    {
        using var bench = new ToolBench(ruled: true);
        Directory.CreateDirectory(Path.Combine(bench.Bench.Root, "dharma", "rules.d"));
        string path = Path.Combine(bench.Bench.Root, "dharma", "rules.d", "team.yaml");
        File.WriteAllText(path, "rules:\n  - {name: r, action: blok}");
        foreach ((string tool, string arguments) in new[] { ("create_memory", """{"content":"x"}"""), ("delete_memory", """{"memory_id":"019ab3c0-5000-7000-8000-000000000001"}"""), ("set_dharma_profile", """{"profile":"secure"}""") })
        {
            Assert.Contains("dharma/rules.d/team.yaml:2:", bench.Fails("policy_blocked", tool, arguments), StringComparison.Ordinal);
        }

        bench.Ok("search_memories", """{"query":"x"}""");
        Assert.Contains("nothing can be changed here", bench.Ok("dharma_reload").GetProperty("problem").GetString(), StringComparison.Ordinal);
        File.WriteAllText(path, "rules: []");
        Assert.True(bench.Ok("dharma_reload").TryGetProperty("rules", out _));
        bench.Ok("create_memory", """{"content":"x"}""");
        bench.Flush();
        Assert.Equal((3, 0), (bench.Ok("karma_report").GetProperty("refusals").GetInt64(), bench.Ok("karma_report").GetProperty("failures").GetInt64()));
    }

    [Theory]
    [InlineData("secure", "")]
    [InlineData("nonsense", "there is no profile \"nonsense\"")]
    [InlineData("", "there is no profile \"\"")]
    public void Profile_IsReadFromItsFile(string profile, string problem)
    {
        Write("dharma/profile", profile + "\n");
        Assert.Equal(problem.Length == 0 ? profile : null, _rules.Binding?.Profile);
        Assert.Contains(problem, _rules.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void SetProfile_IsPersisted_ForOtherProcessesToo()
    {
        var other = new DharmaRules(_root, _clock, path => System.IO.File.GetLastWriteTimeUtc(path).Ticks);
        Assert.Equal("default", other.Current.Profile);
        _rules.SetProfile("secure", Bench.Permit());
        Assert.Equal("secure", _rules.Current.Profile);
        _clock.Pass(0.9);
        Assert.Equal("secure", other.Current.Profile);
        Assert.Equal("secure\n", File.ReadAllText(Path.Combine(_root, "dharma/profile")));
    }

    [Fact]
    public void Tools_OverMcp_OnlyMakeItStricter()
    {
        using var bench = new ToolBench(ruled: true);
        Assert.Contains("would lose or relax rule secrets_in_memory", bench.Fails("permission_denied", "set_dharma_profile", """{"profile":"creative"}"""), StringComparison.Ordinal);
        Assert.Contains("allowed: default, creative, secure, violet", bench.Fails("invalid_params", "set_dharma_profile", """{"profile":"nope"}"""), StringComparison.Ordinal);
        bench.Ok("set_dharma_profile", """{"profile":"secure"}""");
        Assert.Contains("secure_refuses_changes", bench.Fails("policy_blocked", "create_memory", """{"content":"x"}"""), StringComparison.Ordinal);
        Assert.Contains("would lose or relax", bench.Fails("permission_denied", "set_dharma_profile", """{"profile":"default"}"""), StringComparison.Ordinal);
        bench.Flush();
        Assert.Equal(["permission_denied", "invalid_params", "ok", "permission_denied"], bench.Bench.Entries().Where(e => e.Tool == "set_dharma_profile").Select(e => e.Outcome));
        Assert.Equal(0, bench.Ok("karma_report").GetProperty("debt").GetDouble());
    }

    [Fact]
    public void Tools_Evaluate_SayWhatARealCallWouldMeet()
    {
        using var bench = new ToolBench(ruled: true);
        const string Call = """{"tool":"create_memory","arguments":{"content":"password: hunter2"}}""";
        JsonElement ethics = bench.Ok("evaluate_ethics", Call);
        Assert.Equal(("block", 0.1), (ethics.GetProperty("action").GetString(), ethics.GetProperty("score").GetDouble()));
        Assert.Equal("secrets_in_memory", ethics.GetProperty("rules")[0].GetProperty("name").GetString());
        Assert.False(bench.Ok("check_boundaries", Call).GetProperty("within").GetBoolean());
        JsonElement fine = bench.Ok("evaluate_ethics", """{"tool":"create_memory","arguments":{"content":"A decision."}}""");
        Assert.Equal(("allow", 1.0, 0), (fine.GetProperty("action").GetString(), fine.GetProperty("score").GetDouble(), fine.GetProperty("rules").GetArrayLength()));
        Assert.True(bench.Ok("check_boundaries", """{"tool":"delete_memory"}""").GetProperty("within").GetBoolean());
        bench.Fails("invalid_params", "evaluate_ethics", """{"tool":"no_such_tool"}""");
        Assert.Equal(0, bench.Ok("list_memories").GetProperty("memories").GetArrayLength());
        Assert.Contains(bench.Ok("dharma_rules").GetProperty("rules").EnumerateArray(), r => r.GetProperty("when").GetString()!.Contains("detect: secrets", StringComparison.Ordinal));
        Assert.True(bench.Ok("dharma_reload").GetProperty("rules").GetInt32() >= 2);
    }

    [Fact]
    public void Gnosis_SaysWhatIsWrongWithTheFiles()
    {
        using var bench = new ToolBench(ruled: true);
        bench.Create("x");
        File.WriteAllText(Path.Combine(bench.Bench.Root, "dharma_rules.yaml"), "rules: 7");
        bench.Dharma.Reload();
        Assert.Contains(bench.Ok("gnosis").GetProperty("alerts").EnumerateArray(), a => a.GetString()!.StartsWith("dharma_rules.yaml:1:8: ", StringComparison.Ordinal));
        Assert.Contains("must be a list", bench.Ok("dharma_reload").GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    private RuleAction? Ruled() => _rules.Current.Judge(Bench.Deed(Effect.Write, arguments: """{"content":"plain"}""")).Action;

    private void Write(string name, string text)
    {
        string path = Path.Combine(_root, name);
        File.WriteAllText(path, text);
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks = 1000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(double seconds) => _ticks += (long)(seconds * TimeSpan.TicksPerSecond);
    }
}
