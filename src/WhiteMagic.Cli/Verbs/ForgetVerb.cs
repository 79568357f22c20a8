using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Deletes a memory, or erases it for good.</summary>
internal static class ForgetVerb
{
    private static readonly Option _purge = Option.Flag("--purge", "erase it for good: content, search terms, salt", "purge");

    internal static readonly Verb Row = Verb.Define("forget", "deletes a memory; --purge erases it for good",
        [MemoryOptions.Id], [_purge],
        call => ToolRun.Run(call, "delete_memory", json => json.WriteString("memory_id", call.Operand(0)), (answer, page) => Show(call, answer, page)),
        "A deleted memory can be had back: wm call restore_memory '{\"memory_id\":\"ID\"}'.",
        "wm forget 019ab3c0-5000-7000-8000-000000000001", "wm forget 019ab3c0-5000-7000-8000-000000000001 --purge");

    private static void Show(Invocation call, JsonElement answer, TextWriter page)
    {
        string id = MemoryPage.TextOf(answer, "memory_id");
        page.WriteLine(MemoryPage.TextOf(answer, "state") switch
        {
            "deleted" => "deleted " + id + "; to have it back: wm call restore_memory '{\"memory_id\":\"" + id + "\"}'",
            "erased" => "erased " + id,
            _ => "erased " + id + " from the database; another process still reads the log, which loses it when that process ends or wm doctor --fix runs",
        });
        if (answer.TryGetProperty("backups"u8, out JsonElement backups))
        {
            foreach (JsonElement file in backups.EnumerateArray())
            {
                call.Around.Error.WriteLine("wm: this backup may still hold it: " + Printable.Line(file.GetString()!));
            }
        }
    }
}
