using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Memory.Recall;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Tools;

public sealed class ToolTests : IDisposable
{
    private const long MostLineBytes = (4 << 20) - 4096;

    private readonly ToolBench _bench = new();

    public void Dispose()
    {
        Assert.Empty(_bench.Defects);
        _bench.Dispose();
    }

    [Fact]
    public void Memory_IsCreatedReadChangedDeletedAndRestored()
    {
        string id = _bench.Create("The sky is blue.", ""","title":"Sky","tags":["A"],"memory_type":"fact","importance":0.75,"event_time":"2026-01-02","session_id":"s","speaker":"p","source":"o","metadata":{"k":[1]}""");
        JsonElement read = _bench.Ok("read_memory", $$"""{"memory_id":"{{id}}"}""");
        JsonElement memory = read.GetProperty("memory");
        Assert.Equal(16, read.GetProperty("content_bytes").GetInt32());
        Assert.Equal("The sky is blue.", memory.GetProperty("content").GetString());
        Assert.Equal("2026-01-02T00:00:00.000Z", memory.GetProperty("event_time").GetString());
        Assert.Equal("""{"k":[1]}""", memory.GetProperty("metadata").GetRawText());
        Assert.Equal(2, _bench.Ok("update_memory", $$"""{"id":"{{id}}","title":"","expected_version":1}""").GetProperty("version").GetInt32());
        Assert.Contains("expected_version was 1", _bench.Fails("conflict", "update_memory", $$"""{"memory_id":"{{id}}","title":"x","expected_version":1}"""), StringComparison.Ordinal);
        Assert.Equal("deleted", _bench.Ok("delete_memory", $$"""{"memory_id":"{{id}}"}""").GetProperty("state").GetString());
        Assert.Contains(id, _bench.Fails("not_found", "read_memory", $$"""{"memory_id":"{{id}}"}"""), StringComparison.Ordinal);
        Assert.Equal("live", _bench.Ok("restore_memory", $$"""{"memory_id":"{{id}}"}""").GetProperty("state").GetString());
        JsonElement purged = _bench.Ok("delete_memory", $$"""{"memory_id":"{{id}}","purge":true}""");
        Assert.Equal("erased", purged.GetProperty("state").GetString());
        Assert.Equal(0, purged.GetProperty("backups").GetArrayLength());
        _bench.Flush();
        Assert.Equal(["ok", "ok", "ok", "conflict", "ok", "not_found", "ok", "ok"], _bench.Bench.Entries().Select(e => e.Outcome));
        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 1], _bench.Bench.Entries().Select(e => e.Changed));
    }

    [Fact]
    public void EveryTool_HasAnAnswerThatFitsItsSchema()
    {
        string id = _bench.Create("We decided to ship on Friday.", ""","memory_type":"decision","tags":["todo"]""");
        using var folder = new TemporaryFolder();
        string file = folder.File("export.jsonl");
        Assert.Equal(1, _bench.Ok("batch_read_memories", $$"""{"memory_ids":["{{id}}"]}""").GetProperty("memories").GetArrayLength());
        Assert.Equal(id, _bench.Ok("list_memories").GetProperty("memories")[0].GetProperty("memory_id").GetString());
        foreach (string detail in (string[])["snippet", "full", "ids"])
        {
            JsonElement found = _bench.Ok("search_memories", $$"""{"query":"shipping decided?","detail":"{{detail}}","explain":true}""");
            Assert.Equal((1, false), (found.GetProperty("count").GetInt32(), found.GetProperty("truncated").GetBoolean()));
            Assert.Equal(id, found.GetProperty("results")[0].GetProperty("memory_id").GetString());
        }

        Assert.Contains("> We decided", _bench.Ok("context_pack", """{"query":"friday"}""").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Decisions:", _bench.Ok("session_bootstrap").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, _bench.Ok("export_memories", $$"""{"path":{{JsonSerializer.Serialize(file)}}}""").GetProperty("count").GetInt32());
        Assert.Equal(1, _bench.Ok("import_memories", $$"""{"path":{{JsonSerializer.Serialize(file)}}}""").GetProperty("skipped").GetInt32());
        Assert.True(_bench.Ok("import_memories", """{"data":"{\"content\":\"x\"}","dry_run":true}""").GetProperty("dry_run").GetBoolean());
        Assert.True(_bench.Ok("galaxy_create", """{"name":"work","description":"d"}""").GetProperty("created").GetBoolean());
        Assert.Equal(2, _bench.Ok("galaxy_list").GetProperty("galaxies").GetArrayLength());
        Assert.True(_bench.Ok("karma_verify_chain").GetProperty("valid").GetBoolean());
        Assert.Equal(0.2, _bench.Ok("karma_report").GetProperty("debt").GetDouble());
        Assert.Equal(1, _bench.Ok("gnosis").GetProperty("memories").GetProperty("live").GetInt32());
        Assert.Equal(_bench.Catalog.Tools.Count, _bench.Ok("capabilities").GetProperty("tools").GetArrayLength());
        Assert.True(_bench.Ok("health_report").GetProperty("storage").GetProperty("database_bytes").GetInt64() > 0);
        Assert.Equal("1.2.3", _bench.Ok("manifest").GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("create_memory", """{"content":"x","colour":"red"}""", "create_memory has no argument \"colour\"; allowed: content*, title")]
    [InlineData("create_memory", """{"content":"x","content":"y"}""", "content is given twice")]
    [InlineData("read_memory", """{"memory_id":"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b","id":"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"}""", "memory_id is given twice")]
    [InlineData("create_memory", "{}", "content is missing; create_memory needs it")]
    [InlineData("create_memory", """{"content":null}""", "content is missing")]
    [InlineData("create_memory", """{"content":5}""", "content is the number 5; allowed: a string")]
    [InlineData("create_memory", """{"content":"  "}""", "content is empty")]
    [InlineData("create_memory", """{"content":"\ud800"}""", "content holds half of a surrogate pair")]
    [InlineData("create_memory", """{"content":"x","metadata":{"a":"\udc00"}}""", "half of a surrogate pair")]
    [InlineData("create_memory", """{"content":"x","\ud800":1}""", "create_memory has no argument \"(not Unicode)\"")]
    [InlineData("create_memory", """{"content":"x","metadata":{"\ud800":1,"b":2}}""", "half of a surrogate pair")]
    [InlineData("create_memory", """{"content":"x","tags":"a"}""", "tags is a string; allowed: an array of strings")]
    [InlineData("create_memory", """{"content":"x","tags":[1]}""", "tags[] is the number 1; allowed: a string")]
    [InlineData("create_memory", """{"content":"x","memory_type":"thought"}""", "memory_type is \"thought\"; allowed: note, fact")]
    [InlineData("create_memory", """{"content":"x","importance":1.5}""", "importance is the number 1.5; allowed: a number from 0 to 1")]
    [InlineData("create_memory", """{"content":"x","importance":1e999}""", "importance is the number 1e999; allowed: a number from 0 to 1")]
    [InlineData("create_memory", """{"content":"x","event_time":"soon"}""", "event_time is \"soon\"; allowed: RFC 3339")]
    [InlineData("create_memory", """{"content":"x","metadata":[]}""", "metadata is an array; allowed: a JSON object")]
    [InlineData("create_memory", """{"content":"x","galaxy":"../x"}""", "galaxy \"../x\" is not a valid name; allowed: 1 to 64 characters")]
    [InlineData("create_memory", """["content"]""", "arguments is an array; allowed: a JSON object")]
    [InlineData("create_memory", "\"content\"", "arguments is a string; allowed: a JSON object")]
    [InlineData("read_memory", """{"memory_id":"abc"}""", "memory_id is \"abc\"; a memory id has the form")]
    [InlineData("search_memories", """{"query":"x","limit":0}""", "limit is 0; 1 to 200 is allowed")]
    [InlineData("search_memories", """{"query":"x","limit":201}""", "limit is 201; 1 to 200 is allowed")]
    [InlineData("search_memories", """{"query":"x","limit":1.5}""", "limit is the number 1.5; allowed: a whole number from 1 to 200")]
    [InlineData("search_memories", """{"query":"x","limit":1e400}""", "limit is the number 1e400; allowed: a whole number")]
    [InlineData("search_memories", """{"query":"x","explain":"yes"}""", "explain is a string; allowed: true or false")]
    [InlineData("search_memories", """{"query":"x","token_budget":63}""", "token_budget is 63; 64 to 100000 is allowed")]
    [InlineData("list_memories", """{"cursor":"zzz"}""", "cursor is not one that list_memories gave")]
    [InlineData("update_memory", """{"memory_id":"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"}""", "update_memory was given no field to change")]
    [InlineData("import_memories", "{}", "path and data are both missing")]
    [InlineData("import_memories", """{"path":"x","data":"x"}""", "path and data are both given")]
    [InlineData("list_memories", """{"session_id":""}""", "session_id is empty")]
    [InlineData("search_memories", """{"query":"x","speaker":" "}""", "speaker is empty")]
    [InlineData("context_pack", """{"query":"x","session_id":""}""", "session_id is empty")]
    [InlineData("galaxy_create", """{"name":"A"}""", "galaxy \"A\" is not a valid name")]
    public void Argument_ThatIsWrong_IsNamedWithWhatIsAllowed(string tool, string arguments, string message) =>
        Assert.Contains(message, _bench.Fails("invalid_params", tool, arguments), StringComparison.Ordinal);

    [Fact]
    public void Argument_OverALimit_IsNamedWithTheLimit()
    {
        string ids = string.Join(',', Enumerable.Repeat("\"0190a5b2-7c1e-7d3f-8a4b-5c6d7e8f9a0b\"", 101));
        Assert.Equal("memory_ids has 101 ids; the limit is 100", _bench.Fails("too_large", "batch_read_memories", $$"""{"memory_ids":[{{ids}}]}"""));
        Assert.Equal(100, _bench.Ok("batch_read_memories", $$"""{"memory_ids":[{{ids[..^39]}}]}""").GetProperty("missing").GetArrayLength());
        Assert.Equal("query has 8193 bytes; the limit is 8192", _bench.Fails("too_large", "search_memories", $$"""{"query":"{{new string('x', 8193)}}"}"""));
        Assert.Equal("content has 1048577 bytes; the limit is 1048576", _bench.Fails("too_large", "create_memory", $$"""{"content":"{{new string('x', (1 << 20) + 1)}}"}"""));
        string emoji = string.Concat(Enumerable.Repeat("\U0001F600", 90));
        Assert.DoesNotContain('\uFFFD', _bench.Fails("invalid_params", "gnosis", $$"""{"galaxy":"x{{emoji}}"}"""));
        Assert.DoesNotContain('\uFFFD', _bench.Fails("invalid_params", "read_memory", $$"""{"id":"x{{emoji}}"}"""));
    }

    [Fact]
    public void Argument_ThatIsNull_CountsAsAbsent() =>
        Assert.True(_bench.Ok("create_memory", """{"content":"x","title":null,"tags":null,"importance":null,"metadata":null,"galaxy":null}""").GetProperty("created").GetBoolean());

    [Theory]
    [InlineData("remember", """{"content":"x"}""")]
    [InlineData("recall", """{"query":"x","limit":10.0}""")]
    [InlineData("galaxy.list", "{}")]
    [InlineData("karma.verify.chain", "{}")]
    public void Name_SpeltInAnEarlierWay_IsAccepted(string name, string arguments) => _bench.Ok(name, arguments);

    [Fact]
    public void Name_ThatIsFastReadMemory_ReadsOne() =>
        Assert.Equal("x", _bench.Ok("fast_read_memory", $$"""{"id":"{{_bench.Create("x")}}"}""").GetProperty("memory").GetProperty("content").GetString());

    [Fact]
    public void Batch_OfLongMemories_StopsBelowTheLineAndNamesTheRest()
    {
        string[] ids = [.. Enumerable.Range(0, 12).Select(i => _bench.Create(i + new string('"', 300_000)))];
        string[] left = ids;
        int read = 0;
        while (left.Length > 0)
        {
            JsonElement answer = _bench.Ok("batch_read_memories", $$"""{"memory_ids":{{JsonSerializer.Serialize(left)}}}""");
            Assert.InRange(_bench.LineBytes, 1, MostLineBytes);
            int count = answer.GetProperty("memories").GetArrayLength();
            Assert.True(count > 0);
            read += count;
            string[] rest = [.. answer.GetProperty("remaining_ids").EnumerateArray().Select(e => e.GetString()!)];
            Assert.Equal(left[count..], rest);
            Assert.Equal(rest.Length > 0, answer.GetProperty("truncated").GetBoolean());
            left = rest;
        }

        Assert.Equal(12, read);
    }

    [Fact]
    public void List_OfLargeMetadata_EndsBelowTheLineAndGoesOnThere()
    {
        string metadata = $$"""{"a":"{{new string('m', 60_000)}}"}""";
        string[] ids = [.. Enumerable.Range(0, 70).Select(i => _bench.Create($"memory {i}", ",\"metadata\":" + metadata))];
        var seen = new System.Collections.Generic.List<string>();
        string cursor = "";
        int pages = 0;
        while (true)
        {
            JsonElement page = _bench.Ok("list_memories", "{\"limit\":200" + cursor + "}");
            Assert.InRange(_bench.LineBytes, 1, MostLineBytes);
            seen.AddRange(page.GetProperty("memories").EnumerateArray().Select(m => m.GetProperty("memory_id").GetString()!));
            pages++;
            if (!page.TryGetProperty("next_cursor", out JsonElement next))
            {
                break;
            }

            cursor = ",\"cursor\":\"" + next.GetString() + "\"";
        }

        Assert.Equal(ids.Reverse(), seen);
        Assert.True(pages > 1);
    }

    [Fact]
    public void Search_WithFullDetailOfLongMemories_StaysBelowTheLine()
    {
        int count = Runs.Of(8, 200);
        for (int i = 0; i < count; i++)
        {
            _bench.Bench.Add($"needle {i} " + new string('\u0001', (1 << 20) - 20));
        }

        foreach (string detail in (string[])["full", "snippet"])
        {
            JsonElement found = _bench.Ok("search_memories", $$"""{"query":"needle","limit":200,"detail":"{{detail}}"}""");
            Assert.InRange(_bench.LineBytes, 1, MostLineBytes);
            Assert.Equal(found.GetProperty("results").GetArrayLength(), found.GetProperty("count").GetInt32());
            Assert.Equal(detail == "full", found.GetProperty("truncated").GetBoolean());
            Assert.True(found.GetProperty("count").GetInt32() >= 1);
        }

        _bench.Ok("context_pack", """{"query":"needle","token_budget":100000}""");
        Assert.InRange(_bench.LineBytes, 1, MostLineBytes);
        _bench.Ok("session_bootstrap", """{"token_budget":100000}""");
        Assert.InRange(_bench.LineBytes, 1, MostLineBytes);
    }

    [Fact]
    public void TokenBudget_IsNeverPassedAndTheBestHitIsKept()
    {
        var random = new Random(31);
        for (int i = 0; i < 30; i++)
        {
            _bench.Bench.Add($"needle {RandomTexts.Unicode(random, random.Next(3000))}", title: RandomTexts.Unicode(random, random.Next(100)).Trim(),
                tags: [.. Enumerable.Range(0, random.Next(40)).Select(n => $"a rather long tag {n}")], session: i % 3 == 0 ? new string('s', 150) : null);
        }

        for (int round = 0; round < Runs.Of(40, 2000); round++)
        {
            int budget = round % 2 == 0 ? 64 : random.Next(64, 4000);
            string best = _bench.Ok("search_memories", """{"query":"needle","limit":1,"detail":"ids"}""").GetProperty("results")[0].GetProperty("memory_id").GetString()!;
            string detail = random.Next(2) == 0 ? "full" : "snippet";
            JsonElement found = _bench.Ok("search_memories", $$"""{"query":"needle","limit":30,"detail":"{{detail}}","token_budget":{{budget}}}""");
            Assert.Equal(best, found.GetProperty("results")[0].GetProperty("memory_id").GetString());
            Assert.InRange(found.GetProperty("results").EnumerateArray().Sum(TokensOf), 1, budget);
            JsonElement pack = _bench.Ok("context_pack", $$"""{"query":"needle","token_budget":{{budget}}}""");
            Assert.Equal(best, pack.GetProperty("memory_ids")[0].GetString());
            Assert.InRange(TokenEstimate.Of(pack.GetProperty("text").GetString()), 1, budget);
        }
    }

    [Fact]
    public void TokenBudget_OfSixtyFour_IsKeptWhateverFieldsTheBestHitHas()
    {
        string tags = string.Join(',', Enumerable.Range(0, 64).Select(i => $"\"{i} {new string('t', 100)}\""));
        _bench.Create("needle in a haystack", $$""","title":"{{new string('t', 900)}}","tags":[{{tags}}],"session_id":"{{new string('s', 200)}}" """);
        JsonElement found = _bench.Ok("search_memories", """{"query":"needle","token_budget":64}""");
        Assert.InRange(found.GetRawText().Length, 1, 400);
        Assert.True(found.GetProperty("truncated").GetBoolean());
        Assert.StartsWith("needle", found.GetProperty("results")[0].GetProperty("snippet").GetString(), StringComparison.Ordinal);
    }

    // What is sent of a result: each value, and three tokens for its name with its quotes, colon and comma.
    private static int TokensOf(JsonElement result) => result.EnumerateObject().Sum(member => 3 + member.Value.ValueKind switch
    {
        JsonValueKind.Array => member.Value.EnumerateArray().Sum(item => 1 + TokenEstimate.Of(item.GetString())),
        JsonValueKind.String => TokenEstimate.Of(member.Value.GetString()),
        _ => TokenEstimate.Of(member.Value.GetRawText()),
    });

    [Fact]
    public void ReadMemory_InWindows_GivesTheWholeContent()
    {
        string content = string.Concat(Enumerable.Range(0, 500).Select(i => $"é{i}😀"));
        string id = _bench.Create(content);
        string read = "";
        for (long offset = 0; ;)
        {
            JsonElement answer = _bench.Ok("read_memory", $$"""{"memory_id":"{{id}}","offset_bytes":{{offset}},"max_bytes":101}""");
            read += answer.GetProperty("memory").GetProperty("content").GetString();
            if (!answer.TryGetProperty("next_offset", out JsonElement next))
            {
                break;
            }

            offset = next.GetInt64();
        }

        Assert.Equal(content, read);
    }

    [Fact]
    public void Export_IntoTheStateRoot_IsRefusedByWhateverWay()
    {
        _bench.Create("text");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        string link = folder.File("link");
        string direct = Path.Combine(_bench.Bench.Root, "memory");
        Directory.CreateSymbolicLink(link, direct);
        byte[] before = File.ReadAllBytes(_bench.Bench.DatabasePath);
        foreach (string path in (string[])[_bench.Bench.DatabasePath, Path.Combine(_bench.Bench.Root, "new.jsonl"), Path.Combine(link, "whitemagic.db"),
            Path.Combine(direct, "..", "..", Path.GetFileName(_bench.Bench.Root), "galaxies.json")])
        {
            string message = _bench.Fails("invalid_params", "export_memories", $$"""{"path":{{JsonSerializer.Serialize(path)}},"format":"jsonl","overwrite":true}""");
            Assert.Contains("allowed: any folder outside of it", message, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(_bench.Bench.DatabasePath));
        Assert.False(File.Exists(Path.Combine(_bench.Bench.Root, "new.jsonl")));
        _bench.Ok("export_memories", $$"""{"path":{{JsonSerializer.Serialize(Path.Combine(_bench.Bench.Root, "..", "beside.jsonl"))}}}""");
    }

    [Fact]
    public void GalaxySwitch_HoldsOnlyOnAConnectionWithState()
    {
        _bench.Ok("galaxy_create", """{"name":"work"}""");
        _bench.HasConnectionState = false;
        Assert.Contains("nothing was switched", _bench.Ok("galaxy_switch", """{"name":"work"}""").GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Equal("default", _bench.Ok("gnosis").GetProperty("galaxy").GetString());
        _bench.HasConnectionState = true;
        Assert.False(_bench.Ok("galaxy_switch", """{"name":"work"}""").TryGetProperty("hint", out _));
        Assert.Equal("work", _bench.Ok("gnosis").GetProperty("galaxy").GetString());
        Assert.Equal("default", _bench.Ok("gnosis", """{"galaxy":"default"}""").GetProperty("galaxy").GetString());
        _bench.HasConnectionState = false;
        Assert.Equal("default", _bench.Ok("gnosis").GetProperty("galaxy").GetString());
        _bench.Fails("not_found", "galaxy_switch", """{"name":"absent"}""");
        Assert.False(File.Exists(Path.Combine(_bench.Bench.Root, "galaxies.json")));
    }

    [Fact]
    public void ReadOnlyServer_RefusesEveryChangeAndReads()
    {
        string id = _bench.Create("text");
        _bench.Bench.Galaxies.Dispose();
        using var reader = new ToolBench(readOnly: true, root: _bench.Bench.Root);
        Assert.Equal("text", reader.Ok("read_memory", $$"""{"memory_id":"{{id}}"}""").GetProperty("memory").GetProperty("content").GetString());
        foreach (WhiteMagic.Tools.Defining.Tool tool in reader.Catalog.Tools.Where(t => t.Effect != Effect.Read))
        {
            Assert.Contains("--read-only", reader.Fails("permission_denied", tool.Name, Samples.ArgumentsOf(tool, id)), StringComparison.Ordinal);
        }

        Assert.True(reader.Ok("import_memories", """{"data":"{\"content\":\"x\"}","dry_run":true}""").GetProperty("dry_run").GetBoolean());
    }
}
