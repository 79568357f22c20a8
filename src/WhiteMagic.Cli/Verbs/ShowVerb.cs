using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Shows one memory whole.</summary>
internal static class ShowVerb
{
    private static readonly Option _content = Option.Flag("--content", "the text alone, as it is stored");
    private static readonly string[] _fields =
        ["memory_type", "importance", "event_time", "created_at", "updated_at", "session_id", "speaker", "source", "metadata", "version", "access_count", "coordinates", "superseded_by", "deleted_at"];

    internal static readonly Verb Row = Verb.Define("show", "shows one memory whole",
        [MemoryOptions.Id],
        [
            _content,
            Option.Whole("--offset", "BYTES", "with --json: where the window begins", "offset_bytes", 0, int.MaxValue),
            Option.Whole("--max-bytes", "BYTES", "with --json: how long it is at most", "max_bytes", ContentWindow.LeastBytes, Limits.WindowBytes),
        ],
        Run, "With --json a long content comes in windows, each with next_offset; without it the whole is shown.", "wm show 019ab3c0-5000-7000-8000-000000000001");

    private static int Run(Invocation call)
    {
        if (call.Json)
        {
            return ToolRun.Run(call, "read_memory", json => json.WriteString("memory_id", call.Operand(0)), (_, _) => { });
        }

        using Workbench bench = Workbench.Open(call);
        return WholeMemory.Read(call, bench, call.Operand(0)!, out JsonElement memory, out string content) ? Show(call, memory, content) : ExitCode.Failed;
    }

    private static int Show(Invocation call, JsonElement memory, string content)
    {
        TextWriter page = call.Around.Out;
        if (call.Has(_content))
        {
            page.Write(call.Around.OutIsTerminal ? Printable.Text(content) : content);
            if (call.Around.OutIsTerminal)
            {
                page.WriteLine();
            }

            return ExitCode.Success;
        }

        bool colours = call.Around.OutHasColours;
        if (MemoryPage.TextOf(memory, "title") is { Length: > 0 } title)
        {
            page.WriteLine(Paint.Bold(colours, Printable.Line(title)));
        }

        var fields = new StringBuilder("id ").Append(MemoryPage.TextOf(memory, "memory_id"));
        if (MemoryPage.Tags(memory) is { Length: > 0 } tags)
        {
            fields.Append("\ntags ").Append(Printable.Line(tags));
        }

        foreach (string name in _fields)
        {
            if (memory.TryGetProperty(name, out JsonElement value))
            {
                fields.Append('\n').Append(name).Append(' ').Append(Printable.Line(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
            }
        }

        page.WriteLine(Paint.Faint(colours, fields.ToString()));
        if (memory.TryGetProperty("history"u8, out JsonElement history))
        {
            page.WriteLine(Paint.Faint(colours, "history, the oldest first"));
            foreach (JsonElement each in history.EnumerateArray())
            {
                MemoryPage.WriteHeading(page, each, colours);
            }
        }

        page.WriteLine();
        page.WriteLine(Printable.Text(content));
        return ExitCode.Success;
    }
}
