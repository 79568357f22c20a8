using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class LedgerTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose()
    {
        Assert.Empty(_bench.Defects);
        _bench.Dispose();
    }

    [Fact]
    public void Session_InTheLedger_NamesTheProcessAndHoldsNothingOfAnArgument()
    {
        string id = _bench.Create("text", ""","session_id":"Secretsessionname" """);
        _bench.Ok("context_pack", """{"query":"x","session_id":"Secretsessionname"}""");
        _bench.Ok("delete_memory", $$"""{"memory_id":"{{id}}","purge":true}""");
        _bench.Flush();
        Assert.All(_bench.Bench.Entries(), entry => Assert.Equal(ToolBench.Session, entry.Session));
        _bench.Ok("delete_memory", $$"""{"memory_id":"{{_bench.Create("other")}}","purge":true}""");
        Assert.False(Damage.Holds(_bench.Bench.Root, "Secretsessionname"));
    }

    [Fact]
    public void GalaxyCreate_InTheLedger_ChangedNoMemoryAndOwesNothing()
    {
        _bench.Ok("galaxy_create", """{"name":"work","description":"d"}""");
        Assert.Equal([0L], _bench.Bench.Entries("work").Select(e => e.Changed));
        JsonElement report = _bench.Ok("karma_report", """{"galaxy":"work"}""");
        Assert.Equal((0, 0.0), (report.GetProperty("mismatches").GetInt32(), report.GetProperty("debt").GetDouble()));
    }

    [Fact]
    public void Call_OfAToolThatWorksOnNoGalaxy_IsEnteredInDefault()
    {
        _bench.Ok("galaxy_create", """{"name":"work"}""");
        _bench.Ok("galaxy_switch", """{"name":"work"}""");
        foreach (string tool in (string[])["manifest", "capabilities"])
        {
            _bench.Ok(tool);
        }

        Assert.Equal("work", _bench.Ok("galaxy_list").GetProperty("active").GetString());
        _bench.Ok("gnosis");
        _bench.Flush();
        Assert.Equal(["galaxy_switch", "manifest", "capabilities", "galaxy_list"], _bench.Bench.Entries().Select(e => e.Tool));
        Assert.Equal(["galaxy_create", "gnosis"], _bench.Bench.Entries("work").Select(e => e.Tool));
    }

    [Fact]
    public void Repetition_ThatReinforces_IsAChangeAndOwesNothing()
    {
        string id = _bench.Create("text");
        JsonElement again = _bench.Ok("create_memory", """{"content":"text"}""");
        Assert.Equal((id, false), (again.GetProperty("memory_id").GetString(), again.GetProperty("created").GetBoolean()));
        Assert.Equal([1L, 1L], _bench.Bench.Entries().Select(e => e.Changed));
        Assert.Equal(0, _bench.Ok("karma_report").GetProperty("debt").GetDouble());
    }

    [Fact]
    public void Backups_OfAPurge_AreThoseThatCanHoldTheMemory()
    {
        string folder = Path.Combine(_bench.Bench.Root, "backups");
        Directory.CreateDirectory(Path.Combine(folder, "earlier-x"));
        long now = _bench.Bench.Time.NowMs;
        string Backup(string name, long writtenAtMs)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, DateTimeOffset.FromUnixTimeMilliseconds(writtenAtMs).UtcDateTime);
            return path;
        }

        Backup("default-schema1-1-aa.db", now - 60_000);
        Backup("default-20261122T000000Z.wmbak", now - 60_000);
        Backup("work-schema1-1-aa.db", now + 60_000);
        Backup(Path.Combine("earlier-x", "whitemagic.db"), now - 60_000);
        string younger = Backup("default-schema2-1-aa.db", now + 60_000);
        string unknown = Backup("somebody's copy.db", now + 60_000);
        string id = _bench.Create("text");
        JsonElement purged = _bench.Ok("delete_memory", $$"""{"memory_id":"{{id}}","purge":true}""");
        Assert.Equal([younger, unknown], purged.GetProperty("backups").EnumerateArray().Select(b => b.GetString()));

        // A text that was imported may be in what it was imported from.
        _bench.Ok("import_memories", $$"""{"data":"{\"content\":\"of old\",\"created_at\":\"2020-01-01T00:00:00Z\"}","format":"jsonl"}""");
        string old = _bench.Ok("list_memories").GetProperty("memories")[0].GetProperty("memory_id").GetString()!;
        Assert.Equal(5, _bench.Ok("delete_memory", $$"""{"memory_id":"{{old}}","purge":true}""").GetProperty("backups").GetArrayLength());
    }
}
