using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Harmony;

public sealed class HarmonyTests
{
    private const long Now = 1_795_340_000_000;

    [Fact]
    public void Vector_OfNoCalls_IsNullEverywhere()
    {
        HarmonyVector vector = HarmonyVector.Of([], Now);
        Assert.All(vector.Values, Assert.Null);
        Assert.Equal((null, 0, null, null, null), (vector.Score, vector.Calls, vector.P50Ms, vector.P95Ms, vector.RajasicRatio));
        Assert.Null(HarmonyVector.Of([Call(Now - 301_000)], Now).Score);
    }

    // By hand: 20 calls in two minutes, 4 of them writes, one failed, one refused, one wrote nothing, one took 1.5 s, scores 1 but one of 0.4.
    [Fact]
    public void Vector_OfAnExample_IsWhatTheFormulasSay()
    {
        var calls = new List<CallEvent>();
        for (int i = 0; i < 20; i++)
        {
            calls.Add(Call(Now - 120_000 + (i * 6000), effect: i < 4 ? Effect.Write : Effect.Read, changed: i is > 0 and < 4 ? 1 : 0,
                outcome: i == 10 ? "internal_error" : i == 11 ? "policy_blocked" : "ok", ms: i == 12 ? 1500 : 10, score: i == 11 ? 0.4 : 1));
        }

        HarmonyVector vector = HarmonyVector.Of(calls, Now);
        Assert.Equal((20, 1, 1, 1), (vector.Calls, vector.Errors, vector.Refusals, vector.Mismatches));
        double?[] expected = [0.4, 1, 1, 0.75, 0.97, 0.98, 0.9];
        Assert.Equal(expected, vector.Values.Select(v => (double?)Math.Round(v!.Value, 9)));
        Assert.Equal((0.15 * 0.4) + 0.10 + 0.15 + (0.20 * 0.75) + (0.15 * 0.97) + (0.15 * 0.98) + (0.10 * 0.9), vector.Score!.Value, 9);
        Assert.Equal((10.0, 10.0, 0.2), (vector.P50Ms, vector.P95Ms, vector.Debt));
    }

    [Theory]
    [InlineData(100, 1.0)]
    [InlineData(500, 1.0)]
    [InlineData(1500, 0.8)]
    [InlineData(2000, 0.7)]
    [InlineData(10_000, 0.2)]
    [InlineData(60_000, 0.2)]
    public void Latency_FollowsThe95thPercentile(double ms, double expected) =>
        Assert.Equal(expected, HarmonyVector.Of([.. Enumerable.Range(0, 10).Select(_ => Call(Now - 1000, ms: ms))], Now).Values[2]!.Value, 9);

    [Fact]
    public void Percentiles_OfAnyOrder_AreThoseOfTheSortedOnes()
    {
        var random = new Random(5);
        for (int count = 1; count < 200; count++)
        {
            double[] ms = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(1, 50))];
            HarmonyVector vector = HarmonyVector.Of([.. ms.Select(m => Call(Now - 1000, ms: m))], Now);
            double[] sorted = [.. ms.Order()];
            Assert.Equal((sorted[(count - 1) / 2], sorted[(int)Math.Ceiling(count * 0.95) - 1]), (vector.P50Ms, vector.P95Ms));
        }
    }

    [Fact]
    public void Vitals_OfTwoProcesses_AreOneVector()
    {
        var memory = new OwnMemory();
        var time = new ManualTime();
        Vitals one = new(() => memory.Ring, () => memory.Board, time);
        Vitals two = new(() => memory.Ring, () => memory.Board, time);
        one.Note(Bench.Deed(), null, new DeedEnd("ok", 1000, 1));
        two.Note(Bench.Deed(Effect.Read, "search_memories"), null, new DeedEnd("internal_error", 3000, 0));
        one.Publish();
        two.Publish();
        Assert.Equal((2, 1), (one.Read().Calls, one.Read().Errors));
        Assert.Equal(["create_memory", "search_memories"], two.Recent(10).Select(c => c.Tool));
        Span<ulong> state = stackalloc ulong[16];
        Assert.True(memory.Board.ReadState(state) > 0);
        Assert.Equal(one.Read().Values.Select(v => v!.Value).First(), BitConverter.UInt64BitsToDouble(state[1]));
    }

    [Fact]
    public void Event_OfLongNames_IsCutAndReadBack()
    {
        var memory = new OwnMemory();
        Call(Now, tool: new string('é', 100)).Publish(memory.Ring);
        byte[] slot = new byte[128];
        Assert.Equal(1, memory.Ring.ReadNewest(slot));
        Assert.StartsWith("ééé", CallEvent.Read(slot)!.Tool, StringComparison.Ordinal);
        slot[48] = 9;
        Assert.Null(CallEvent.Read(slot));
    }

    [Fact]
    public void Tools_GiveMeasuredValuesAndNull()
    {
        using var bench = new ToolBench();
        JsonElement before = bench.Ok("harmony_vector");
        Assert.Equal((JsonValueKind.Null, 0, 300), (before.GetProperty("harmony_score").ValueKind, before.GetProperty("window").GetProperty("calls").GetInt32(), before.GetProperty("window").GetProperty("seconds").GetInt32()));
        bench.Create("x");
        JsonElement after = bench.Ok("harmony_vector");
        Assert.Equal(2, after.GetProperty("window").GetProperty("calls").GetInt32());
        Assert.Equal(1, after.GetProperty("dimensions").GetProperty("balance").GetDouble());
        Assert.Equal(600_000, bench.Ok("rate_limiter_stats").GetProperty("limits").GetProperty("overall").GetInt32());
        Assert.Equal(JsonValueKind.Number, bench.Ok("gnosis").GetProperty("health").GetProperty("harmony_score").ValueKind);
    }

    // What an alert tells to do can be done: every command it names is a verb, every tool is there.
    [Fact]
    public void Alerts_NameWhatWasMeasuredAndWhatExists()
    {
        using var bench = new ToolBench();
        bench.Create("x");
        for (int i = 0; i < 12; i++)
        {
            bench.Workplace.Vitals.Note(Bench.Deed(), null, new DeedEnd(i < 8 ? "internal_error" : "ok", 3_000_000, 0));
        }

        System.IO.File.WriteAllText(System.IO.Path.Combine(bench.Bench.Root, "dharma_rules.yaml"), "rules: 7");
        bench.Dharma.Reload();
        JsonElement gnosis = bench.Ok("gnosis");
        string[] alerts = [.. gnosis.GetProperty("alerts").EnumerateArray().Select(a => a.GetString()!)];
        Assert.Contains(alerts, a => a.StartsWith("8 of 13 calls failed in the last 5 minutes", StringComparison.Ordinal));
        Assert.Contains(alerts, a => a.Contains("took longer than 3.0 s", StringComparison.Ordinal));
        Assert.Contains(alerts, a => a.StartsWith("dharma_rules.yaml:1:8", StringComparison.Ordinal));
        string[] verbs = [.. WhiteMagic.Cli.Defining.AllVerbs.Rows.Select(v => v.Name)];
        foreach (string text in alerts.Concat(gnosis.GetProperty("next_actions").EnumerateArray().Select(a => a.GetString()!)))
        {
            foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(text, @"wm ([a-z]+)(?: ([a-z]+))?"))
            {
                Assert.Contains(verbs, v => v == match.Groups[1].Value || v == match.Groups[1].Value + " " + match.Groups[2].Value);
            }

            foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(text, @"\b(?:[a-z]+_)+(?:memory|memories|bootstrap|report|chain)\b"))
            {
                Assert.NotNull(bench.Catalog.Find(match.Value));
            }
        }
    }

    private static CallEvent Call(long timeMs, Effect effect = Effect.Read, string outcome = "ok", int changed = 0, double ms = 10, double score = 1, string tool = "tool") => new()
    {
        TimeMs = timeMs,
        Tool = tool,
        Effect = effect,
        Outcome = outcome,
        Score = score,
        DurationUs = (long)(ms * 1000),
        Changed = changed,
    };
}
