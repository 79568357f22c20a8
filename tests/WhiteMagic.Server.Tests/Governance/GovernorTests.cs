using System;
using System.Collections.Generic;
using System.Text;
using WhiteMagic.Governance;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class GovernorTests
{
    private readonly List<string> _reported = [];

    [Fact]
    public void Rule_RefusedByOneStage_AsksNoFurtherOne()
    {
        var first = new ScriptedStage(h => h.Refuse("policy_blocked", "no", "ask", 3));
        var second = new ScriptedStage(h => h.Refuse("other", "never"));
        Ruling ruling = Of(first, second).Rule(Bench.Deed());
        Assert.Null(ruling.Permit);
        Assert.Equal(("policy_blocked", "no", "ask", 3), (ruling.Outcome, ruling.Explanation, ruling.Hint, ruling.RetryAfterSeconds));
        Assert.Equal(0, second.HeardCount);
    }

    [Fact]
    public void Rule_Allowed_PermitCarriesRulesAndLowestScore()
    {
        Ruling ruling = Of(new ScriptedStage(h => h.Match("mild", 0.2)), new ScriptedStage(h =>
        {
            h.Match("grave", 0.7);
            h.Match("mild too", 0.1);
            h.Warn("careful");
            h.Delay(5);
            h.Delay(3);
        })).Rule(Bench.Deed());
        Assert.Equal("mild,grave,mild too", ruling.Permit!.Rules);
        Assert.Equal(0.3, ruling.Permit.Score, 12);
        Assert.Equal(["careful"], ruling.Warnings);
        Assert.Equal(5, ruling.DelayMs);
    }

    [Theory]
    [InlineData(Effect.Write)]
    [InlineData(Effect.Delete)]
    [InlineData(Effect.External)]
    public void Rule_StageThrows_RefusesWhatChangesSomethingAndNamesTheStage(Effect effect)
    {
        Ruling ruling = Of(new ScriptedStage(_ => throw new InvalidOperationException("broken"), name: "third eye")).Rule(Bench.Deed(effect));
        Assert.Null(ruling.Permit);
        Assert.Equal(Outcomes.StageFailed, ruling.Outcome);
        Assert.Contains("third eye", ruling.Explanation, StringComparison.Ordinal);
        Assert.Equal(["third eye: broken"], _reported);
    }

    [Fact]
    public void Rule_StageThrows_ReadingGoesOnThroughTheOtherStages()
    {
        var after = new ScriptedStage(h => h.Match("seen", 0.1));
        Ruling ruling = Of(new ScriptedStage(_ => throw new InvalidOperationException("broken")), after).Rule(Bench.Deed(Effect.Read));
        Assert.NotNull(ruling.Permit);
        Assert.Equal("seen", ruling.Rules);
    }

    [Fact]
    public void RulePart_AsksOnlyWhoJudgesContent_AndNotesTheRulesInTheWhole()
    {
        var counting = new ScriptedStage(h => h.Refuse("rate_limited", "once"));
        var judging = new ScriptedStage(h => h.Match("words", 0.4), judgesContent: true);
        Permit whole = Of(judging).Rule(Bench.Deed()).Permit!;
        Governor governor = Of(counting, judging);
        Ruling part = governor.RulePart(Bench.Deed(), whole);
        governor.RulePart(Bench.Deed(), whole);
        Assert.Equal((Outcomes.Ok, 0), (part.Outcome, counting.HeardCount));
        Assert.Null(part.Permit);
        Assert.Equal("words", whole.Rules);
        Assert.Equal(0.6, whole.Score, 12);
    }

    [Fact]
    public void Conclude_WitnessThrows_TheOthersAreToldStill()
    {
        var list = new EndList();
        var governor = new Governor([], [new Throwing(), list], (name, e) => _reported.Add(name + ": " + e.Message));
        governor.Conclude(Bench.Deed(), null, new DeedEnd("ok", 12, 1));
        Assert.Equal(new DeedEnd("ok", 12, 1), Assert.Single(list.All).End);
        Assert.Equal(["throwing: no"], _reported);
    }

    [Fact]
    public void TargetTags_AskedTwice_AreLookedUpOnce()
    {
        int lookups = 0;
        var deed = new Deed
        {
            Tool = "t",
            Effect = Effect.Read,
            Agent = "",
            Session = "",
            Galaxy = "default",
            Arguments = Encoding.UTF8.GetBytes("{}"),
            StartedAtMs = 0,
            StartedTimestamp = 0,
            FindTargetTags = () =>
            {
                lookups++;
                return ["held"];
            },
        };
        Assert.Equal(["held"], deed.TargetTags);
        Assert.Equal(["held"], deed.TargetTags);
        Assert.Equal(1, lookups);
    }

    private Governor Of(params IStage[] stages) => new(stages, [], (name, e) => _reported.Add(name + ": " + e.Message));

    private sealed class Throwing : IWitness
    {
        public string Name => "throwing";

        public void Note(Deed deed, Ruling? ruling, in DeedEnd end) => throw new InvalidOperationException("no");
    }
}
