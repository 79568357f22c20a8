using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Mcp;
using WhiteMagic.Sqlite.Legacy;
using WhiteMagic.Tools;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>The tools on a real store, called as a transport calls them: JSON in, JSON out.</summary>
internal sealed class ToolBench : IDisposable
{
    /// <summary>What the process calls itself in the ledger.</summary>
    public const string Session = "the session of these tests";

    private readonly Dispatcher _dispatcher;

    public ToolBench(bool readOnly = false, bool coreOnly = false, string? root = null, bool ruled = false, string? broken = null, params IStage[] stages)
    {
        Bench = new Bench(root, readOnly);
        Catalog = new Catalog(coreOnly);
        Dharma = new DharmaRules(Bench.Root, TimeProvider.System, path => System.IO.File.GetLastWriteTimeUtc(path).Ticks);
        Workplace = new Workplace
        {
            Dharma = Dharma,
            Rates = new RateLimitStage(new RateLimits(), () => Shared.Rates, Bench.Time),
            Breakers = new BreakerStage(new BreakerSettings(), [.. Catalog.Tools.Select(t => t.Name).Order(StringComparer.Ordinal)], () => Shared.Board, Bench.Time),
            Vitals = new Vitals(() => Shared.Ring, () => Shared.Board, Bench.Time),
            Galaxies = Bench.Galaxies,
            Time = Bench.Time,
            ForeignDatabases = new ForeignDatabases(),
            Session = Session,
            Wait = waitMs => WaitedMs += waitMs,
            WrittenAtMs = path => File.Exists(path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds() : null,
            Facts = new ProgramFacts("1.2.3", "linux-x64", "3", readOnly, coreOnly ? "core" : "lite", "full", Bench.Time.NowMs),
        };
        _dispatcher = new Dispatcher(Workplace, new Governor(Stages(readOnly, ruled, stages).Select(s => s.Name == broken ? new ScriptedStage(_ => throw new InvalidOperationException("switched to throwing"), s.JudgesContent, s.Name) : s).ToArray(), [Ends, Workplace.Vitals], (_, e) => StageFailures.Add(e)), Catalog, Defects.Add);
    }

    public Bench Bench { get; }

    public Catalog Catalog { get; }

    public Workplace Workplace { get; }

    public Dispatcher Dispatcher => _dispatcher;

    /// <summary>The rules of the root; they rule only when a test gives their stage.</summary>
    public DharmaRules Dharma { get; }

    /// <summary>What the dispatcher reported as defects.</summary>
    public List<Exception> Defects { get; } = [];

    /// <summary>What stages and witnesses of governance threw.</summary>
    public List<Exception> StageFailures { get; } = [];

    /// <summary>In the place of what processes share.</summary>
    public OwnMemory Shared { get; } = new();

    /// <summary>How the calls ended, as governance was told.</summary>
    public EndList Ends { get; } = new();

    /// <summary>How long calls were made to wait, without waiting.</summary>
    public int WaitedMs { get; private set; }

    public string Agent { get; set; } = "tests/1";

    public bool HasConnectionState { get; set; } = true;

    /// <summary>Calls a tool, checks the answer against its output schema and returns it.</summary>
    public JsonElement Ok(string name, string arguments = "{}")
    {
        (JsonElement answer, bool isError) = Raw(name, arguments);
        Assert.False(isError, answer.GetRawText());
        JsonElement schema = SchemaOf(Catalog.Find(name)!);
        Schema.Check(schema, answer);

        // One member is a number or null, and what rules say may come with any answer: the small schemas here do not say so.
        Assert.All(answer.EnumerateObject(), member => Assert.True(member.Name is "indexed" or "warnings" || schema.GetProperty("properties").TryGetProperty(member.Name, out _), $"{name} does not declare {member.Name}"));
        return answer;
    }

    /// <summary>Calls a tool that must fail, checks the members of the failure and returns its message.</summary>
    public string Fails(string code, string name, string arguments)
    {
        (JsonElement answer, bool isError) = Raw(name, arguments);
        Assert.True(isError, answer.GetRawText());
        Assert.Equal("error", answer.GetProperty("status").GetString());
        Assert.Equal(code, answer.GetProperty("error_code").GetString());
        Assert.Equal(JsonValueKind.String, answer.GetProperty("hint").ValueKind);
        Assert.True(answer.GetProperty("retryable").ValueKind is JsonValueKind.True or JsonValueKind.False);
        Assert.Empty(Defects);
        return answer.GetProperty("message").GetString()!;
    }

    public (JsonElement Answer, bool IsError) Raw(string name, string arguments)
    {
        using JsonDocument given = JsonDocument.Parse(arguments);
        var answer = new ToolAnswer();
        Bench.Time.NowMs++;
        _dispatcher.Call(name, given.RootElement, new Caller { Agent = Agent, HasConnectionState = HasConnectionState }, answer);
        LineBytes = LineBytesOf(answer.Written);
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(answer.Written));
        return (document.RootElement.Clone(), answer.IsError);
    }

    /// <summary>Bytes of the last answer in its line: once as an object and once inside a string.</summary>
    public long LineBytes { get; private set; }

    public string Create(string content, string more = "") =>
        Ok("create_memory", $$"""{"content":{{JsonSerializer.Serialize(content)}}{{more}}}""").GetProperty("memory_id").GetString()!;

    public void Flush() => _dispatcher.FlushPending();

    public void Dispose() => Bench.Dispose();

    private IStage[] Stages(bool readOnly, bool ruled, IStage[] others) =>
        [.. ruled ? [new SanitiseStage(), Workplace.Rates, Workplace.Breakers] : Array.Empty<IStage>(), new PermissionStage(readOnly), .. ruled ? [new DharmaStage(Dharma)] : Array.Empty<IStage>(), .. others];

    public static JsonElement ToolOf(Tool tool)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Wire.JsonOptions))
        {
            tool.Write(json);
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static JsonElement SchemaOf(Tool tool) => ToolOf(tool).GetProperty("outputSchema");

    private static long LineBytesOf(ReadOnlySpan<byte> answer) => (2L * answer.Length) + answer.Count((byte)'"') + answer.Count((byte)'\\');
}
