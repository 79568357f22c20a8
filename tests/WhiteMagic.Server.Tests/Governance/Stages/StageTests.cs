using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance.Stages;

public sealed class StageTests
{
    private readonly OwnMemory _memory = new();
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("""{"a":1}""", "ok")]
    [InlineData("""{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"{{{{{{{{{{{{"}""", "ok")]
    [InlineData("DEEP32", "ok")]
    [InlineData("DEEP33", "too_large")]
    [InlineData("WIDE", "ok")]
    [InlineData("WIDER", "too_large")]
    [InlineData("""{"a":"unfinished\""", "ok")]
    public void Sanitise_BoundsDepthAndCount(string arguments, string outcome)
    {
        string json = arguments switch
        {
            "DEEP32" => Nested(32),
            "DEEP33" => Nested(33),
            "WIDE" => "[" + string.Join(',', Enumerable.Repeat("0", SanitiseStage.MostValues)) + "]",
            "WIDER" => "[" + string.Join(',', Enumerable.Repeat("0", SanitiseStage.MostValues + 1)) + "]",
            _ => arguments,
        };
        Ruling ruling = Governor(new SanitiseStage()).Rule(Bench.Deed(arguments: json));
        Assert.Equal(outcome, ruling.Outcome);
        Assert.Equal(outcome != "ok", ruling.Explanation.Contains("the limit is", StringComparison.Ordinal));
    }

    [Fact]
    public void RateLimit_OfATool_RefusesWhatIsMoreAndSaysWhen()
    {
        Governor governor = Governor(Rates(new RateLimits { PerTool = 5 }));
        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        }

        Ruling refused = governor.Rule(Bench.Deed());
        Assert.Equal(Outcomes.RateLimited, refused.Outcome);
        Assert.Contains("create_memory was called too often: 5 calls a minute", refused.Explanation, StringComparison.Ordinal);
        Assert.InRange(refused.RetryAfterSeconds!.Value, 1, 63);
        Assert.NotNull(governor.Rule(Bench.Deed(tool: "update_memory")).Permit);
        _time.NowMs += refused.RetryAfterSeconds.Value * 1000;
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void RateLimit_OfOneTool_MayBeItsOwn()
    {
        RateLimitStage stage = Rates(new RateLimits { Tools = [new ToolLimit("delete_memory", 1)] });
        Governor governor = Governor(stage);
        Assert.NotNull(governor.Rule(Bench.Deed(Effect.Delete, "delete_memory")).Permit);
        Assert.Null(governor.Rule(Bench.Deed(Effect.Delete, "delete_memory")).Permit);
        Assert.Equal(1, stage.RefusedCount);
        Assert.True(stage.WaitMs("delete_memory", isRecall: false) > 0);
        Assert.Equal(0, stage.WaitMs("create_memory", isRecall: false));
    }

    [Fact]
    public void RateLimit_ABurstOfWrites_NeverStarvesRecalls()
    {
        Governor governor = Governor(Rates(new RateLimits { Overall = 10 }));
        for (int i = 0; i < 50; i++)
        {
            governor.Rule(Bench.Deed());
        }

        Assert.Null(governor.Rule(Bench.Deed()).Permit);
        Assert.Null(governor.Rule(Bench.Deed(Effect.Read, "karma_report")).Permit);
        Assert.NotNull(governor.Rule(Recall("search_memories")).Permit);
        Assert.NotNull(governor.Rule(Bench.Deed(Effect.Read, "gnosis")).Permit);
        Assert.NotNull(governor.Rule(Bench.Deed(Effect.Read, "rate_limiter_stats")).Permit);
    }

    [Fact]
    public void RateLimit_OverHttp_IsPerTokenAndSmaller()
    {
        Governor governor = Governor(Rates(new RateLimits()));
        int admitted = Enumerable.Range(0, 100).Count(_ => governor.Rule(OfToken("one")).Permit is not null);
        Assert.Equal(70, admitted);
        Assert.NotNull(governor.Rule(OfToken("two")).Permit);
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void RateLimit_OfSeveralProcesses_IsOneBudget()
    {
        // Two governors on one memory are two processes on one root.
        Governor[] governors = [Governor(Rates(new RateLimits { PerTool = 1000 })), Governor(Rates(new RateLimits { PerTool = 1000 }))];
        int admitted = 0;
        Parallel.For(0, 8, worker =>
        {
            for (int i = 0; i < 400; i++)
            {
                if (governors[worker % 2].Rule(Bench.Deed()).Permit is not null)
                {
                    System.Threading.Interlocked.Increment(ref admitted);
                }
            }
        });
        Assert.InRange(admitted, 900, 1000);
    }

    [Fact]
    public void Breaker_FiveFailuresOpenIt_AndAProbeClosesIt()
    {
        BreakerStage breaker = Breaker();
        Governor governor = Governor(breaker);
        Fail(governor, "internal_error", 4);
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        Fail(governor, "timeout", 1);
        Ruling refused = governor.Rule(Bench.Deed());
        Assert.Equal((Outcomes.CircuitBreakerOpen, 30), (refused.Outcome, refused.RetryAfterSeconds));
        Assert.Contains("create_memory failed 5 times within 60 s", refused.Explanation, StringComparison.Ordinal);
        Assert.NotNull(governor.Rule(Bench.Deed(tool: "update_memory")).Permit);
        Assert.Equal("open", breaker.StateOf("create_memory"));

        _time.NowMs += 30_000;
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        Assert.Equal("half_open", breaker.StateOf("create_memory"));
        Assert.Null(governor.Rule(Bench.Deed()).Permit);
        governor.Conclude(Bench.Deed(), null, new DeedEnd("ok", 1, 1));
        Assert.Equal("closed", breaker.StateOf("create_memory"));
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void Breaker_AProbeThatFails_OpensItAgain()
    {
        Governor governor = Opened(out BreakerStage breaker);
        _time.NowMs += 30_000;
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        governor.Conclude(Bench.Deed(), null, new DeedEnd("internal_error", 1, 0));
        Assert.Equal("open", breaker.StateOf("create_memory"));
        Assert.Null(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void Breaker_AProbeThatToldNothing_LeavesTheNextToTry()
    {
        Governor governor = Opened(out _);
        _time.NowMs += 30_000;
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        governor.Conclude(Bench.Deed(), null, new DeedEnd("not_found", 1, 0));
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void Breaker_AProbeWhoseProcessDied_BlocksNoLongerThanTheOpenTime()
    {
        Governor governor = Opened(out _);
        _time.NowMs += 30_000;
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        _time.NowMs += 29_000;
        Assert.Null(governor.Rule(Bench.Deed()).Permit);
        _time.NowMs += 1_000;
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
        Assert.Null(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void Breaker_OfManyThatSeeItDue_OneProbes()
    {
        for (int round = 0; round < 20; round++)
        {
            Governor governor = Opened(out _);
            _time.NowMs += 30_000;
            int probes = 0;
            Parallel.For(0, 8, _ => System.Threading.Interlocked.Add(ref probes, governor.Rule(Bench.Deed()).Permit is null ? 0 : 1));
            Assert.Equal(1, probes);
            governor.Conclude(Bench.Deed(), null, new DeedEnd("ok", 1, 1));
        }
    }

    [Theory]
    [InlineData("policy_blocked")]
    [InlineData("invalid_params")]
    [InlineData("not_found")]
    [InlineData("conflict")]
    [InlineData("storage_full")]
    [InlineData("withdrawn")]
    public void Breaker_WhatIsNoFailure_DoesNotOpenIt(string outcome)
    {
        Governor governor = Governor(Breaker());
        Fail(governor, outcome, 20);
        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
    }

    [Fact]
    public void Breaker_FailuresFarApart_DoNotOpenIt()
    {
        Governor governor = Governor(Breaker());
        for (int i = 0; i < 20; i++)
        {
            Fail(governor, "internal_error", 1);
            _time.NowMs += 16_000;
        }

        Assert.NotNull(governor.Rule(Bench.Deed()).Permit);
    }

    [Theory]
    [InlineData("sanitise")]
    [InlineData("rate limit")]
    [InlineData("circuit breaker")]
    [InlineData("permission")]
    [InlineData("dharma")]
    public void EveryStage_SwitchedToThrowing_RefusesWritesAndLetsReadingThrough(string stage)
    {
        using var bench = new ToolBench(ruled: true, broken: stage);
        Assert.Contains($"because the stage {stage} of governance failed", bench.Fails("stage_failed", "create_memory", """{"content":"x"}"""), StringComparison.Ordinal);
        bench.Fails("stage_failed", "import_memories", """{"data":"x"}""");
        Assert.Equal(0, bench.Ok("list_memories").GetProperty("memories").GetArrayLength());
        Assert.Equal(0, bench.Ok("search_memories", """{"query":"x"}""").GetProperty("count").GetInt32());
        Assert.NotEmpty(bench.StageFailures);
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));

    private static Deed Recall(string tool) => new()
    {
        Tool = tool,
        Effect = Effect.Read,
        Agent = "tests/1",
        Session = "",
        Galaxy = "default",
        Arguments = Encoding.UTF8.GetBytes("{}"),
        StartedAtMs = 0,
        StartedTimestamp = 0,
        IsRecall = true,
    };

    private static Deed OfToken(string token) => new()
    {
        Tool = "create_memory",
        Effect = Effect.Write,
        Agent = "tests/1",
        Session = "",
        Galaxy = "default",
        Arguments = Encoding.UTF8.GetBytes("{}"),
        StartedAtMs = 0,
        StartedTimestamp = 0,
        Budget = token,
    };

    private static void Fail(Governor governor, string outcome, int times)
    {
        for (int i = 0; i < times; i++)
        {
            governor.Conclude(Bench.Deed(), null, new DeedEnd(outcome, 1, 0));
        }
    }

    private Governor Opened(out BreakerStage breaker)
    {
        breaker = Breaker();
        Governor governor = Governor(breaker);
        Fail(governor, "internal_error", 5);
        return governor;
    }

    private RateLimitStage Rates(RateLimits limits) => new(limits, () => _memory.Rates, _time);

    private BreakerStage Breaker() => new(new BreakerSettings(), ["create_memory", "update_memory"], () => _memory.Board, _time);

    private static Governor Governor(IStage stage) => new([stage], stage is IWitness witness ? (IReadOnlyList<IWitness>)[witness] : [], (_, e) => throw e);
}
