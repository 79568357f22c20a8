using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Brings memories in from files.</summary>
internal static class ImportVerb
{
    internal static readonly Verb Row = Verb.Define("import", "imports JSONL, Markdown, server-memory and earlier WhiteMagic files",
        [new Operand("PATH", "a file or a folder of files; - reads a small file from stdin") { IsPath = true }],
        [
            Option.Text("--format", "FORMAT", "the format, when it cannot be told", "format", false, ExchangeFormat.Readable.ToArray()),
            Option.Flag("--dry-run", "read and check everything, store nothing", "dry_run"),
        ],
        Run, "Safe to repeat: what is there already is not stored twice. Exit code 1 when an entry could not be taken.\n"
        + "Ctrl+C or SIGTERM stops between two memories and says how many were imported; they are kept, and the same import goes on from there.",
        "wm import notes/ --dry-run", "wm import memories.jsonl --galaxy work");

    private static int Run(Invocation call)
    {
        string path = call.Operand(0)!;
        string? data = path == "-" ? StandardInput.ReadAll(call.Around) : null;
        using Workbench bench = Workbench.Open(call);
        bench.EndInGoodOrder(call.Around);
        return ToolRun.Run(call, bench, "import_memories",
            json => json.WriteString(data is null ? "path" : "data", data ?? call.Around.FullPath(path)),
            (answer, page) => Show(call, answer, page),
            answer => answer.GetProperty("failed"u8).GetInt64() == 0);
    }

    private static void Show(Invocation call, JsonElement answer, TextWriter page)
    {
        foreach (JsonElement issue in answer.GetProperty("errors"u8).EnumerateArray())
        {
            string file = MemoryPage.TextOf(issue, "file");
            string place = (file.Length > 0 ? file + ":" : "") + issue.GetProperty("line"u8).GetRawText();
            call.Around.Error.WriteLine(Printable.Line("wm: " + place + ": " + MemoryPage.TextOf(issue, "reason")));
        }

        bool dry = answer.GetProperty("dry_run"u8).GetBoolean();
        page.WriteLine(MemoryPage.TextOf(answer, "format") + ": " + Number(answer, "read") + " read, " + Number(answer, "created") + (dry ? " valid, " : " new, ")
            + Number(answer, "reinforced") + " reinforced, " + Number(answer, "skipped") + " there already, " + Number(answer, "failed") + " failed"
            + (dry ? " (dry run: nothing was stored)" : ""));
    }

    private static string Number(JsonElement answer, string name) => answer.GetProperty(name).GetRawText();
}
