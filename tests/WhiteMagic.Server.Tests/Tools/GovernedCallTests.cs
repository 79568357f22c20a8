using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class GovernedCallTests
{
    [Fact]
    public void Call_Refused_SaysWhyAndWhenAndLeavesOneEntry()
    {
        using var bench = new ToolBench(stages: new ScriptedStage(h =>
        {
            h.Match("closed", 0.8);
            h.Refuse(Outcomes.RateLimited, "too many", "wait", 7);
        }));
        (JsonElement answer, bool isError) = bench.Raw("create_memory", """{"content":"x"}""");
        Assert.True(isError);
        Assert.Equal(("rate_limited", "too many", "wait", 7), (answer.GetProperty("error_code").GetString(), answer.GetProperty("message").GetString(),
            answer.GetProperty("hint").GetString(), answer.GetProperty("retry_after_seconds").GetInt32()));
        Assert.True(answer.GetProperty("retryable").GetBoolean());
        bench.Flush();
        var entry = Assert.Single(bench.Bench.Entries());
        Assert.Equal(("rate_limited", "closed", 0L), (entry.Outcome, entry.Rules, entry.Changed));
        Assert.Equal(0.2, entry.Score, 12);
    }

    [Fact]
    public void Call_Allowed_AnswerCarriesWarningsAndTheEntryTheRules()
    {
        using var bench = new ToolBench(stages: new ScriptedStage(h =>
        {
            h.Match("watched", 0.3);
            h.Warn("be careful");
        }));
        JsonElement answer = bench.Ok("create_memory", """{"content":"x"}""");
        Assert.Equal(["be careful"], answer.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()));
        Assert.Equal("watched", Assert.Single(bench.Bench.Entries()).Rules);
    }

    [Fact]
    public void Call_Redacted_StoresAndHashesOnlyWhatIsLeft()
    {
        using var bench = new ToolBench(stages: new ScriptedStage(h =>
        {
            if (h.Deed.Tool == "create_memory")
            {
                h.Redact(Encoding.UTF8.GetBytes("""{"content":"the key is [redacted]"}"""));
            }
        }));
        string id = bench.Create("the key is 1234");
        Assert.Equal("the key is [redacted]", bench.Ok("read_memory", $$"""{"memory_id":"{{id}}"}""").GetProperty("memory").GetProperty("content").GetString());
    }

    [Fact]
    public void Call_Throttled_Waits()
    {
        using var bench = new ToolBench(stages: new ScriptedStage(h => h.Delay(25)));
        bench.Ok("create_memory", """{"content":"x"}""");
        Assert.Equal(25, bench.WaitedMs);
    }

    [Fact]
    public void Call_Ended_WitnessesAreToldOutcomeAndChangedRows()
    {
        using var bench = new ToolBench();
        bench.Create("x");
        bench.Fails("not_found", "read_memory", """{"memory_id":"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"}""");
        bench.Fails("invalid_params", "create_memory", "{}");
        Assert.Equal([("create_memory", "ok", 1L), ("read_memory", "not_found", 0L), ("create_memory", "invalid_params", 0L)],
            bench.Ends.All.Select(e => (e.Deed.Tool, e.End.Outcome, e.End.Changed)));
        Assert.All(bench.Ends.All, e => Assert.InRange(e.End.DurationUs, 0, 60_000_000));
    }

    [Fact]
    public void TargetTags_OfNamedMemories_AreThoseOfTheStore()
    {
        IReadOnlyList<string> seen = [];
        using var bench = new ToolBench(stages: new ScriptedStage(h => seen = h.Deed.Effect == Effect.Read ? seen : h.Deed.TargetTags));
        string held = bench.Create("one", ""","tags":["hold"]""");
        Assert.Empty(seen);
        bench.Ok("delete_memory", $$"""{"memory_id":"{{held}}"}""");
        Assert.Equal(["hold"], seen);
        bench.Ok("restore_memory", $$"""{"id":"{{held}}"}""");
        Assert.Equal(["hold"], seen);
        bench.Create("two", $$""","supersedes":["{{held}}"]""");
        Assert.Equal(["hold"], seen);
        bench.Fails("not_found", "delete_memory", $$"""{"memory_id":"{{held}}","galaxy":"nowhere"}""");
        Assert.Empty(seen);
        Assert.Empty(bench.StageFailures);
    }

    [Fact]
    public void Import_EachMemoryIsRuledOnAsIfItWereStoredAlone()
    {
        var parts = new List<string>();
        using var bench = new ToolBench(stages: new ScriptedStage(h =>
        {
            string arguments = Encoding.UTF8.GetString(h.Deed.Arguments.Span);
            if (h.Deed.Tool != "create_memory")
            {
                return;
            }

            parts.Add(arguments);
            if (arguments.Contains("forbidden", StringComparison.Ordinal))
            {
                h.Match("no_such_words", 0.9);
                h.Refuse(Outcomes.PolicyBlocked, "a rule says no");
            }
            else if (arguments.Contains("1234", StringComparison.Ordinal))
            {
                h.Match("numbers", 0.2);
                h.Redact(Encoding.UTF8.GetBytes(arguments.Replace("1234", "[number]", StringComparison.Ordinal)));
            }
        }, judgesContent: true));
        const string Lines = """
            {"content":"good","tags":["b","a"],"title":"T","speaker":"S","metadata":{"k":1}}
            {"content":"forbidden"}
            {"content":"pin 1234","title":"the pin 1234"}
            """;
        JsonElement dry = bench.Ok("import_memories", $$"""{"data":{{JsonSerializer.Serialize(Lines)}},"format":"jsonl","dry_run":true}""");
        JsonElement answer = bench.Ok("import_memories", $$"""{"data":{{JsonSerializer.Serialize(Lines)}},"format":"jsonl"}""");
        Assert.All([dry, answer], a => Assert.Equal((2, 1, 2L, "a rule says no"), (a.GetProperty("created").GetInt32(), a.GetProperty("failed").GetInt32(),
            a.GetProperty("errors")[0].GetProperty("line").GetInt64(), a.GetProperty("errors")[0].GetProperty("reason").GetString())));
        Assert.StartsWith("""{"content":"good","importance":0.5,"memory_type":"note","metadata":{"k":1},""", parts[0], StringComparison.Ordinal);
        Assert.EndsWith(""" "speaker":"S","tags":["a","b"],"title":"T"}""".TrimStart(), parts[0], StringComparison.Ordinal);
        JsonElement found = bench.Ok("search_memories", """{"query":"pin","detail":"full"}""").GetProperty("results")[0];
        Assert.Equal(("pin [number]", "the pin [number]"), (found.GetProperty("content").GetString(), found.GetProperty("title").GetString()));
        Assert.Contains(bench.Bench.Entries(), e => e is { Tool: "import_memories", Rules: "no_such_words,numbers", Changed: 2 });
    }

    [Fact]
    public void EveryTool_IsRefusedByAStageThatRefuses()
    {
        using var bench = new ToolBench(stages: new ScriptedStage(h => h.Refuse(Outcomes.PolicyBlocked, "closed")));
        foreach (var tool in bench.Catalog.Tools)
        {
            (JsonElement answer, bool isError) = bench.Raw(tool.Name, Samples.ArgumentsOf(tool));
            Assert.True(isError, tool.Name);
            Assert.Equal("policy_blocked", answer.GetProperty("error_code").GetString());
        }
    }
}
