using System;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using WhiteMagic.Mcp;

namespace WhiteMagic.Server.Tests.Mcp;

/// <summary>An offer whose tools do one thing each that a transport must cope with.</summary>
internal sealed class FixtureOffer : IMcpOffer, IDisposable
{
    public const string Secret = "text of an exception";

    public ServerIdentity Identity { get; } = new("fixture", "The \"Fixture\"", "1.2.3", "Call echo.");

    /// <summary>Set when the tool <c>wait</c> runs.</summary>
    public ManualResetEventSlim Started { get; } = new();

    /// <summary>Lets the tool <c>wait</c> end.</summary>
    public ManualResetEventSlim Released { get; } = new();

    /// <summary>Set by the first <see cref="Idle"/>.</summary>
    public ManualResetEventSlim Idled { get; } = new();

    public int IdleCount { get; private set; }

    public int CallCount { get; private set; }

    public bool SawCancellation { get; private set; }

    public bool IdleFails { get; set; }

    public bool HasResources { get; set; } = true;

    public bool HasPrompts { get; set; } = true;

    public Action<int>? OnCall { get; set; }

    public IProgressSink? LastProgress { get; private set; }

    public bool AwaitStart() => Started.Wait(20_000);

    public bool AwaitIdle(int timeoutMs) => Idled.Wait(timeoutMs);

    public void WriteTools(Utf8JsonWriter writer)
    {
        foreach (string name in (string[])["echo", "fail"])
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteStartObject("inputSchema");
            writer.WriteString("type", "object");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    public bool HasTool(string name) =>
        name is "echo" or "fail" or "crash" or "exhaust" or "silent" or "wait" or "progress" or "big" or "who" or "half";

    public void CallTool(string name, JsonElement arguments, RequestContext context, ToolAnswer answer)
    {
        CallCount++;
        OnCall?.Invoke(CallCount);
        Utf8JsonWriter json = answer.Json;
        switch (name)
        {
            case "crash":
                json.WriteStartObject();
                throw new InvalidOperationException(Secret);
            case "exhaust":
                throw new InsufficientExecutionStackException(Secret);
            case "silent":
                return;
            case "half":
                json.WriteStartObject();
                json.WriteString("half", "first");
                answer.Restart();
                break;
            case "wait":
                Started.Set();
                SawCancellation = AwaitWithdrawal(context.IsWithdrawn);
                break;
            case "progress":
                Report(arguments, context.Progress);
                break;
            default:
                break;
        }

        json.WriteStartObject();
        switch (name)
        {
            case "echo":
                if (arguments.ValueKind == JsonValueKind.Object)
                {
                    json.WritePropertyName("echo");
                    arguments.WriteTo(json);
                }

                break;
            case "fail":
                answer.IsError = true;
                json.WriteString("status", "error");
                break;
            case "big":
                json.WriteString("text", new string('"', arguments.GetProperty("count").GetInt32()));
                break;
            case "who":
                json.WriteString("client", context.Client);
                json.WriteBoolean("state", context.HasConnectionState);
                json.WriteBoolean("progress", context.Progress is not null);
                break;
            default:
                json.WriteString("done", name);
                break;
        }

        json.WriteEndObject();
    }

    public void WriteResources(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("uri", "fixture://one");
        writer.WriteString("name", "one");
        writer.WriteEndObject();
    }

    public void WriteResourceTemplates(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("uriTemplate", "fixture://{name}");
        writer.WriteString("name", "any");
        writer.WriteEndObject();
    }

    public bool ReadResource(string uri, RequestContext context, Utf8JsonWriter writer, out string? failure)
    {
        failure = uri == "fixture://broken" ? "its pages are torn" : null;
        if (uri != "fixture://one")
        {
            return false;
        }

        writer.WriteStartObject();
        writer.WriteString("uri", uri);
        writer.WriteString("text", "first");
        writer.WriteEndObject();
        return true;
    }

    public void WritePrompts(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "greet");
        writer.WriteEndObject();
    }

    public string? GetPrompt(string name, JsonElement arguments, Utf8JsonWriter writer)
    {
        if (name != "greet")
        {
            return "no prompt by this name: \ud800";
        }

        writer.WriteString("description", "greets");
        writer.WriteStartArray("messages");
        writer.WriteEndArray();
        return null;
    }

    public void Idle()
    {
        IdleCount++;
        Idled.Set();
        if (IdleFails)
        {
            throw new InvalidOperationException(Secret);
        }
    }

    public void Dispose()
    {
        Released.Set();
        Started.Dispose();
        Released.Dispose();
        Idled.Dispose();
    }

    private bool AwaitWithdrawal(Func<bool> isWithdrawn)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Released.Wait(1) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            if (isWithdrawn())
            {
                return true;
            }
        }

        return false;
    }

    private void Report(JsonElement arguments, IProgressSink? sink)
    {
        LastProgress = sink;
        int count = arguments.GetProperty("count").GetInt32();
        for (int i = 1; i <= count; i++)
        {
            sink?.Report(i, count, "step");
        }
    }
}
