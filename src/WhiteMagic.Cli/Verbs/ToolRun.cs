using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;

namespace WhiteMagic.Cli.Verbs;

/// <summary>A verb that is a tool: its arguments come from the row, its answer is shown to people or passed on as JSON.</summary>
internal static class ToolRun
{
    /// <summary>Calls a tool and shows its answer.</summary>
    /// <param name="call">The command line; its options become arguments.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="operands">Writes the arguments that the operands stand for.</param>
    /// <param name="show">Shows the answer to people.</param>
    /// <param name="succeeded">Whether an answer means success; null: every answer that is no failure.</param>
    internal static int Run(Invocation call, string tool, Action<Utf8JsonWriter>? operands, Action<JsonElement, TextWriter> show, Func<JsonElement, bool>? succeeded = null)
    {
        using Workbench bench = Workbench.Open(call);
        return Run(call, bench, tool, operands, show, succeeded);
    }

    /// <summary>Calls a tool on an open bench and shows its answer.</summary>
    internal static int Run(Invocation call, Workbench bench, string tool, Action<Utf8JsonWriter>? operands, Action<JsonElement, TextWriter> show,
        Func<JsonElement, bool>? succeeded = null)
    {
        using var progress = new ProgressLine(call.Around);
        ToolAnswer answer = Ask(bench, tool, json =>
        {
            operands?.Invoke(json);
            call.WriteArguments(json);
        }, progress);
        progress.Dispose();
        if (call.Json)
        {
            Verdict.WriteJson(call.Around.Out, answer);
        }

        using JsonDocument document = JsonDocument.Parse(answer.Written.ToArray());
        if (answer.IsError)
        {
            return Verdict.Failure(call, document.RootElement);
        }

        if (!call.Json)
        {
            show(document.RootElement, call.Around.Out);
            TellDamaged(call, document.RootElement);
        }

        return succeeded is null || succeeded(document.RootElement) ? ExitCode.Success : ExitCode.Failed;
    }

    private static void TellDamaged(Invocation call, JsonElement answer)
    {
        if (answer.TryGetProperty("damaged"u8, out JsonElement damaged))
        {
            foreach (JsonElement id in damaged.EnumerateArray())
            {
                call.Around.Error.WriteLine("wm: memory " + id.GetString() + " was damaged on disk and is left out; wm doctor says what can be done");
            }
        }
    }

    /// <summary>Calls a tool with the arguments that are written.</summary>
    internal static ToolAnswer Ask(Workbench bench, string tool, Action<Utf8JsonWriter> write, IProgressSink? progress = null, bool hasConnectionState = false)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Wire.JsonOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using JsonDocument arguments = JsonDocument.Parse(buffer.WrittenMemory);
        return bench.Call(tool, arguments.RootElement, progress, hasConnectionState);
    }
}
