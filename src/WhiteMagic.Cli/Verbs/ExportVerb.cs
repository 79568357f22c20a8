using WhiteMagic.Cli.Defining;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Writes copies of memories to a file.</summary>
internal static class ExportVerb
{
    internal static readonly Verb Row = Verb.Define("export", "exports memories to a file",
        [new Operand("PATH", "the file to write; .jsonl or .md tell the format") { IsPath = true }],
        [
            Option.Text("--format", "FORMAT", "the format, when the path does not tell", "format", false, ExchangeFormat.Writable.ToArray()),
            Option.Flag("--overwrite", "replace an existing file", "overwrite"),
            .. MemoryOptions.Filters,
            MemoryOptions.Deleted,
        ],
        call => ToolRun.Run(call, "export_memories", json => json.WriteString("path", call.Around.FullPath(call.Operand(0)!)), (answer, page) =>
            page.WriteLine(MemoryPage.Count(answer.GetProperty("count"u8).GetInt64(), "memory", "memories") + ", "
                + MemoryPage.Size(answer.GetProperty("bytes"u8).GetInt64()) + ": " + MemoryPage.TextOf(answer, "path"))),
        "The file appears whole or not at all, and belongs to its user alone. JSONL keeps every field.",
        "wm export memories.jsonl", "wm export decisions.md --type decision --overwrite");
}
