using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Stores a memory.</summary>
internal static class RememberVerb
{
    internal static readonly Verb Row = Verb.Define("remember", "stores a memory",
        [new Operand("TEXT", "what to remember; - reads it from stdin") { TakesRest = true }],
        [
            MemoryOptions.Title, MemoryOptions.Tags, MemoryOptions.Type, MemoryOptions.Importance, MemoryOptions.At, MemoryOptions.Session, MemoryOptions.Speaker,
            MemoryOptions.Source, MemoryOptions.Metadata, MemoryOptions.Supersedes,
        ],
        Run, "The same text, speaker and session is stored once; repeating it unites the tags.",
        "wm remember \"Ada Berg prefers tea\" --tags ada,preferences --type preference", "git log -1 | wm remember - --title \"Last commit\"");

    private static int Run(Invocation call)
    {
        string text = call.Operand(0)!;
        string content = text == "-" ? StandardInput.ReadAll(call.Around) : text;
        return ToolRun.Run(call, "create_memory", json => json.WriteString("content", content), Show);
    }

    private static void Show(JsonElement answer, TextWriter page)
    {
        page.WriteLine((answer.GetProperty("created"u8).GetBoolean() ? "stored " : "known already, reinforced ") + MemoryPage.TextOf(answer, "memory_id"));
        foreach (JsonElement similar in answer.GetProperty("similar"u8).EnumerateArray())
        {
            page.WriteLine(Printable.Line("says nearly the same as " + MemoryPage.TextOf(similar, "memory_id") + "  " + MemoryPage.TextOf(similar, "title")).TrimEnd());
        }
    }
}
