using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class DamageToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _outside = new();
    private readonly string _id;
    private readonly string _whole;

    public DamageToolTests()
    {
        string path;
        using (var bench = new ToolBench(root: _folder.Path))
        {
            _id = bench.Create("We decided on a haystack", ""","memory_type":"decision" """);
            _whole = bench.Create("We prefer a haystack", ""","memory_type":"preference" """);
            path = bench.Bench.DatabasePath;
        }

        Damage.FlipBit(path, "decided on a haystack");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void Tools_ThatGiveSeveral_LeaveTheDamagedMemoryOutAndNameIt()
    {
        using var bench = new ToolBench(root: _folder.Path);
        void Check(JsonElement answer, string member, int count = 1)
        {
            Assert.Equal([_id], answer.GetProperty("damaged").EnumerateArray().Select(d => d.GetString()));
            Assert.Equal(count, answer.GetProperty(member).GetArrayLength());
        }

        Check(bench.Ok("list_memories"), "memories");
        Check(bench.Ok("search_memories", """{"query":"haystack"}"""), "results");
        Check(bench.Ok("hybrid_recall", """{"query":"haystack"}"""), "results");
        Check(bench.Ok("batch_read_memories", $$"""{"memory_ids":["{{_id}}","{{_whole}}"]}"""), "memories");
        Check(bench.Ok("context_pack", """{"query":"haystack"}"""), "memory_ids");
        JsonElement start = bench.Ok("session_bootstrap");
        Assert.Equal([_whole], start.GetProperty("memory_ids").EnumerateArray().Select(i => i.GetString()));
        Assert.Contains("Attention: 1 memory was damaged on disk and left out of answers: " + _id, start.GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonElement export = bench.Ok("export_memories", $$"""{"path":{{JsonSerializer.Serialize(_outside.File("out.jsonl"))}}}""");
        Assert.Equal((1, _id), (export.GetProperty("count").GetInt32(), export.GetProperty("damaged")[0].GetString()));
        Assert.Contains(_id, bench.Fails("storage_corrupt", "read_memory", $$"""{"memory_id":"{{_id}}"}"""), StringComparison.Ordinal);
        bench.Ok("read_memory", $$"""{"memory_id":"{{_whole}}"}""");
        Assert.Equal("erased", bench.Ok("delete_memory", $$"""{"memory_id":"{{_id}}","purge":true}""").GetProperty("state").GetString());
        Assert.False(bench.Ok("list_memories").TryGetProperty("damaged", out _));
        Assert.Equal("ok", bench.Ok("gnosis").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("gnosis")]
    [InlineData("health_report")]
    public void Health_WithADamagedMemory_AlertsWithItsId(string tool)
    {
        using var bench = new ToolBench(root: _folder.Path);
        JsonElement answer = bench.Ok(tool);
        Assert.Equal("attention", answer.GetProperty("status").GetString());
        Assert.Contains(_id, Assert.Single(answer.GetProperty("alerts").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gnosis")]
    [InlineData("health_report")]
    public void Health_OfAStoreThatCannotBeUsed_IsAFinding(string tool)
    {
        string path = WhiteMagic.Sqlite.SqliteGalaxies.PathOf(_folder.Path, "default");
        foreach ((string code, Action make) in new (string, Action)[]
        {
            ("storage_corrupt", () => File.WriteAllText(path, new string('x', 5000))),
            ("storage_missing", () => File.Delete(path)),
        })
        {
            make();
            using var bench = new ToolBench(root: _folder.Path);
            JsonElement answer = bench.Ok(tool);
            Assert.Equal("attention", answer.GetProperty("status").GetString());
            Assert.StartsWith(code, answer.GetProperty("alerts")[0].GetString(), StringComparison.Ordinal);
            bench.Fails("not_found", tool, """{"galaxy":"absent"}""");
        }
    }
}
