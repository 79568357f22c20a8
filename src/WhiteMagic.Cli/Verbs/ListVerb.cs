using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Lists memories.</summary>
internal static class ListVerb
{
    internal static readonly Verb Row = Verb.Define("list", "lists memories, newest first",
        [],
        [
            Option.Whole("--limit", "N", "at most so many, 1 to 200; 20 when not given", "limit", 1, Limits.ResultCount),
            Option.Text("--cursor", "CURSOR", "where the next page begins, as the last one said", "cursor"),
            .. MemoryOptions.Filters,
            MemoryOptions.Deleted,
        ],
        call => ToolRun.Run(call, "list_memories", null, (answer, page) => Show(call, answer, page)), "",
        "wm list --tags todo", "wm list --limit 200 --json");

    private static void Show(Invocation call, JsonElement answer, TextWriter page)
    {
        int count = 0;
        foreach (JsonElement memory in answer.GetProperty("memories"u8).EnumerateArray())
        {
            MemoryPage.WriteHeading(page, memory, call.Around.OutHasColours);
            count++;
        }

        if (count == 0)
        {
            page.WriteLine("no memories");
        }

        if (MemoryPage.TextOf(answer, "next_cursor") is { Length: > 0 } next)
        {
            page.WriteLine("there are more: --cursor " + next);
        }
    }
}
