using System;
using System.Collections.Generic;
using System.Linq;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Scoring;

public sealed class DharmaModuleTests
{
    private static readonly string _sha256 = new('a', 64);

    public static TheoryData<string, RuleAction, double, string, double, bool> Cases => new()
    {
        // text, the module's action and severity; the ruling's outcome and score, and whether the module is named as a rule
        { "an ordinary text", 0, 0, Outcomes.Ok, 1, false },
        { "an ordinary text", RuleAction.Log, 0.3, Outcomes.Ok, 0.7, true },
        { "an ordinary text", RuleAction.Warn, 0.3, Outcomes.Ok, 0.7, true },
        { "an ordinary text", RuleAction.Block, 0.6, Outcomes.PolicyBlocked, 0.4, true },
        { "password: hunter2", 0, 0, Outcomes.PolicyBlocked, 0.1, false },
        { "password: hunter2", RuleAction.Log, 0, Outcomes.PolicyBlocked, 0.1, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_WithAModule_IsTheStricterOfBoth(string text, RuleAction action, double severity, string outcome, double score, bool isNamed)
    {
        var scorer = new Scripted(action, severity, "because");
        Ruling ruling = Rule(scorer, Effect.Write, text);
        Assert.Equal((outcome, score), (ruling.Outcome, Math.Round(ruling.Score, 6)));
        Assert.Equal(isNamed, ruling.Rules.Split(',').Contains("dharma.wasm"));

        // A deed that the rules refuse is not judged by the module, and does not say so.
        Assert.Equal(scorer.Asked > 0, ruling.Rules.Split(',').Contains("dharma.wasm@" + _sha256));
        Assert.Equal(text.StartsWith("password", StringComparison.Ordinal) ? 0 : 1, scorer.Asked);
        if (action >= RuleAction.Warn && isNamed)
        {
            Assert.Contains("because", ruling.Explanation + string.Join(' ', ruling.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rule_WhenTheModuleGivesNoAnswer_RefusesWhateverChangesSomething()
    {
        var scorer = new Scripted(0, 0, "") { Failure = "the module dharma.wasm ended in the trap unreachable" };
        Ruling write = Rule(scorer, Effect.Write, "text");
        Assert.Equal(Outcomes.PolicyBlocked, write.Outcome);
        Assert.Contains("ended in the trap unreachable", write.Explanation, StringComparison.Ordinal);
        Assert.Contains("dharma.wasm@" + _sha256, write.Rules, StringComparison.Ordinal);
        Assert.Equal(Outcomes.PolicyBlocked, Rule(scorer, Effect.Delete, "text").Outcome);
        Assert.Equal(Outcomes.PolicyBlocked, Rule(scorer, Effect.External, "text").Outcome);
        Assert.Equal(Outcomes.Ok, Rule(scorer, Effect.Read, "text").Outcome);
    }

    [Fact]
    public void RecordOf_TheWorkedExampleOfTheDocs_IsThoseBytes()
    {
        Deed deed = Probes.DeedOf("create_memory", Effect.Write, "{\"content\":\"hi\"}");
        string shown = Convert.ToHexString(DharmaModule.RecordOf(deed, Judgement.Nothing));
        string docs = System.IO.File.ReadAllText(Repository.File("docs/governance-modules.md"));
        int begin = docs.IndexOf("```hex", StringComparison.Ordinal) + "```hex".Length;
        string[] lines = docs[begin..docs.IndexOf("```", begin, StringComparison.Ordinal)].Split('\n');
        string documented = string.Concat(lines.Select(line => line.Split('#')[0].Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(documented.ToUpperInvariant(), shown);
    }

    [Fact]
    public void RulePart_AfterTheModuleChanged_IsRefused()
    {
        using var root = new TemporaryFolder();
        var scorer = new Scripted(0, 0, "");
        var rules = new DharmaRules(root.Path, TimeProvider.System, static _ => 1);
        var governor = new Governor([new DharmaStage(rules, new DharmaModule(scorer))], [], (_, e) => throw e);
        Ruling whole = governor.Rule(Probes.DeedOf("import_memories", Effect.Write, "{}"));
        Deed part = Probes.DeedOf("create_memory", Effect.Write, "{\"content\":\"a text\"}");
        Assert.Equal(Outcomes.Ok, governor.RulePart(part, whole.Permit!).Outcome);
        scorer.Sha256 = new string('9', 64);
        Ruling ruling = governor.RulePart(part, whole.Permit!);
        Assert.Equal(Outcomes.PolicyBlocked, ruling.Outcome);
        Assert.Contains("the governance module changed while the call ran", ruling.Explanation, StringComparison.Ordinal);
        Assert.Equal(Outcomes.PolicyBlocked, governor.RulePart(part, whole.Permit!).Outcome);
    }

    [Fact]
    public void Total_WithAModule_IsTheLargerDebt()
    {
        var debts = new Debts();
        debts.Add(new KarmaSummaryRow("search_memories", "", Effect.Read, Outcomes.Ok, 2, 2, 0));
        Assert.Equal(2, debts.Total(null));
        Assert.Equal(3.5, debts.Total(new Scripted(0, 3.5, "")));
        Assert.Equal(2, debts.Total(new Scripted(0, 1, "")));
        Assert.Equal(2, debts.Total(new Scripted(0, 9, "") { Failure = "no" }));
    }

    [Fact]
    public void HarmonyScore_WithAModule_IsTheSmallerOne()
    {
        double?[] values = [1, 1, 1, 1, 1, 1, null];
        Assert.Equal(1, HarmonyScore.Of(values, null)!.Value, 9);
        Assert.Equal(0.5, HarmonyScore.Of(values, new Scripted(0, 0.5, "")));
        Assert.Equal(0.25, HarmonyScore.Of([.. values.Select(v => v / 4)], new Scripted(0, 0.5, ""))!.Value, 9);
        Assert.Null(HarmonyScore.Of(new double?[7], new Scripted(0, 0.5, "")));
        Assert.Equal(1, HarmonyScore.Of(values, new Scripted(0, 0.5, "") { Failure = "no" })!.Value, 9);
    }

    private static Ruling Rule(IScorer scorer, Effect effect, string text)
    {
        using var root = new TemporaryFolder();
        var rules = new DharmaRules(root.Path, TimeProvider.System, static _ => 1);
        var governor = new Governor([new DharmaStage(rules, new DharmaModule(scorer))], [], (_, e) => throw e);
        return governor.Rule(Probes.DeedOf("create_memory", effect, "{\"content\":\"" + text + "\"}"));
    }

    private sealed class Scripted(RuleAction action, double number, string reason) : IScorer
    {
        internal string Failure { get; init; } = "";

        internal string Sha256 { get; set; } = _sha256;

        internal int Asked { get; private set; }

        public IReadOnlyList<ScorerState> States => [];

        public ScorerAnswer Ask(ScorerKind kind, ReadOnlySpan<byte> record, Span<byte> answer)
        {
            Asked++;
            byte[] bytes = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes((int)action), .. BitConverter.GetBytes(number), .. System.Text.Encoding.UTF8.GetBytes(reason)];
            bytes.CopyTo(answer);
            return Failure.Length > 0 ? new ScorerAnswer(0, Sha256, Failure) : new ScorerAnswer(bytes.Length, Sha256, "");
        }
    }
}
