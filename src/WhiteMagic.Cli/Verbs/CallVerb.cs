using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;
using WhiteMagic.Tools;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Any tool, with its arguments as JSON.</summary>
internal static class CallVerb
{
    private static readonly Option _list = Option.Flag("--list", "name the tools and their arguments instead");

    internal static readonly Verb Row = Verb.Define("call", "calls any tool with arguments as JSON",
        [
            new Operand("TOOL", "its name, as an MCP client sees it") { IsRequired = false },
            new Operand("JSON", "its arguments, an object; - reads them from stdin; none when left out") { IsRequired = false },
        ],
        [_list], Run,
        "The call goes the same way as an MCP client's: governance rules on it and the ledger records it.",
        "wm call --list", "wm call context_pack '{\"query\":\"release plan\",\"token_budget\":500}'", "wm call gnosis --json");

    private static int Run(Invocation call)
    {
        if (call.Has(_list))
        {
            return List(call);
        }

        string name = call.Operand(0) ?? throw call.Wrong("call needs TOOL: the name of a tool; wm call --list names them");
        using JsonDocument arguments = Parse(call, call.Operand(1));
        var catalog = new Catalog(coreOnly: false);
        if (catalog.Find(name) is null)
        {
            throw call.Wrong($"there is no tool \"{Printable.OneLine(name)}\"{Suggestion.For(name, NamesOf(catalog))}; allowed: {string.Join(", ", NamesOf(catalog))}");
        }

        using Workbench bench = Workbench.Open(call);
        using var progress = new ProgressLine(call.Around);
        ToolAnswer answer = bench.Call(name, arguments.RootElement, progress);
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
            WriteIndented(call.Around.Out, document.RootElement);
        }

        return ExitCode.Success;
    }

    private static JsonDocument Parse(Invocation call, string? text)
    {
        string json = text switch
        {
            null => "{}",
            "-" => StandardInput.ReadAll(call.Around),
            _ => text,
        };
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw call.Wrong($"JSON is not valid near line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; give an object such as '{{\"query\":\"tea\"}}'");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw call.Wrong("JSON is not an object; give one such as '{\"query\":\"tea\"}'");
        }

        return document;
    }

    private static List<string> NamesOf(Catalog catalog)
    {
        var names = new List<string>();
        foreach (Tool tool in catalog.Tools)
        {
            names.Add(tool.Name);
        }

        return names;
    }

    private static int List(Invocation call)
    {
        var catalog = new Catalog(coreOnly: false);
        if (call.Json)
        {
            var answer = new ToolAnswer();
            answer.Json.WriteStartObject();
            answer.Json.WriteStartArray("tools");
            foreach (Tool tool in catalog.Tools)
            {
                tool.Write(answer.Json);
            }

            answer.Json.WriteEndArray();
            answer.Json.WriteEndObject();
            Verdict.WriteJson(call.Around.Out, answer);
            return ExitCode.Success;
        }

        foreach (Tool tool in catalog.Tools)
        {
            var names = new StringBuilder();
            foreach (Param param in tool.Params)
            {
                names.Append(' ').Append(param.Name).Append(param.IsRequired ? "*" : "");
            }

            call.Around.Out.WriteLine(Paint.Bold(call.Around.OutHasColours, tool.Name) + " - " + tool.Help);
            call.Around.Out.WriteLine("   " + (names.Length > 0 ? names.ToString() : " no arguments"));
        }

        return ExitCode.Success;
    }

    // A text answer is shown as the text that it is, the rest as indented JSON.
    private static void WriteIndented(TextWriter page, JsonElement answer)
    {
        if (answer.TryGetProperty("text"u8, out JsonElement text) && text.ValueKind == JsonValueKind.String)
        {
            page.WriteLine(Printable.Text(text.GetString()!));
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = Wire.JsonOptions.Encoder }))
        {
            answer.WriteTo(json);
        }

        page.WriteLine(Printable.Text(Encoding.UTF8.GetString(buffer.WrittenSpan)));
    }
}
