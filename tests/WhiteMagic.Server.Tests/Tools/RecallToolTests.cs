using System;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Tools;

/// <summary>Searching, replacing and packing as an agent sees them.</summary>
public sealed class RecallToolTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Search_WithTheLeastBudget_KeepsTextAndSuccessorBeforeTheExplanation()
    {
        string old = Create("""{"content":"The support group meets on Mondays","title":"Support group","tags":["a","b","c"]}""");
        string newer = Create($$"""{"content":"Caroline bakes bread","supersedes":["{{old}}"]}""");
        JsonElement result = _bench.Ok("search_memories", """{"query":"support group","token_budget":90,"explain":true}""").GetProperty("results")[0];
        Assert.Equal((old, newer), (result.GetProperty("memory_id").GetString(), result.GetProperty("superseded_by").GetString()));
        Assert.NotEqual("", result.GetProperty("snippet").GetString());
        Assert.False(result.TryGetProperty("explanation", out _));
        result = _bench.Ok("search_memories", """{"query":"bakes bread","token_budget":64,"explain":true}""").GetProperty("results")[0];
        Assert.StartsWith("Caroline", result.GetProperty("snippet").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explanation_HasThePartsThatAddUpToTheScore()
    {
        Create("""{"content":"Caroline went to the support group in May","speaker":"Caroline","session_id":"s","event_time":"2023-05-07T10:00:00Z"}""");
        string old = Create("""{"content":"The support group meets on Mondays, Melanie said","speaker":"Melanie","session_id":"s"}""");
        Create($$"""{"content":"The support group meets on Fridays now","supersedes":["{{old}}"]}""");
        JsonElement results = _bench.Ok("search_memories", """{"query":"When did Caroline go to the support group on 7 May 2023?","explain":true}""").GetProperty("results");
        Assert.Equal(3, results.GetArrayLength());
        string[] known = ["text", "session", "speaker", "date", "when", "length", "adjacent", "exact", "meaning", "superseded"];
        foreach (JsonElement result in results.EnumerateArray())
        {
            JsonElement parts = result.GetProperty("explanation");
            Assert.All(parts.EnumerateObject(), part => Assert.Contains(part.Name, known));
            Assert.Equal(result.GetProperty("score").GetDouble(), parts.EnumerateObject().Sum(part => part.Value.GetDouble()), 6);
        }

        JsonElement best = results[0].GetProperty("explanation");
        Assert.All((string[])["text", "session", "speaker", "date", "when", "length", "adjacent", "exact"], part => Assert.True(best.GetProperty(part).GetDouble() > 0, part));
        Assert.Equal(old, results[2].GetProperty("memory_id").GetString());
        Assert.True(results[2].GetProperty("explanation").GetProperty("superseded").GetDouble() < 0);
    }

    [Fact]
    public void Update_MayReplaceOthers_AndReadingShowsTheHistory()
    {
        string first = Create("""{"content":"port 8080"}""");
        string second = Create("""{"content":"port 9090"}""");
        _bench.Ok("update_memory", $$"""{"memory_id":"{{second}}","supersedes":["{{first}}"]}""");
        JsonElement history = _bench.Ok("read_memory", $$"""{"memory_id":"{{first}}"}""").GetProperty("memory").GetProperty("history");
        Assert.Equal([first, second], history.EnumerateArray().Select(m => m.GetProperty("memory_id").GetString()));
        Assert.Equal([second, null], history.EnumerateArray().Select(m => m.TryGetProperty("superseded_by", out JsonElement by) ? by.GetString() : null));
        Assert.Equal("port 9090", history[1].GetProperty("snippet").GetString());
        Assert.False(_bench.Ok("read_memory", $$"""{"memory_id":"{{Create("""{"content":"alone"}""")}}"}""").GetProperty("memory").TryGetProperty("history", out _));
        Assert.Equal(second, _bench.Ok("search_memories", """{"query":"port 8080 9090"}""").GetProperty("results")[0].GetProperty("memory_id").GetString());
    }

    [Fact]
    public void Bootstrap_LeavesOutWhatWasReplaced_AndRepeatsNothing()
    {
        string old = Create("""{"content":"We deploy on Fridays","memory_type":"decision"}""");
        Create($$"""{"content":"We deploy on Mondays","memory_type":"decision","supersedes":["{{old}}"]}""");
        Create("""{"content":"The build takes nine minutes on the small runner"}""");
        Create("""{"content":"The build takes nine minutes on the small runner!"}""");
        string text = _bench.Ok("session_bootstrap").GetProperty("text").GetString()!;
        Assert.Contains("Mondays", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("nine minutes").Length - 1);
        Assert.DoesNotContain("Fridays", text, StringComparison.Ordinal);
    }

    private string Create(string arguments) => _bench.Ok("create_memory", arguments).GetProperty("memory_id").GetString()!;
}
