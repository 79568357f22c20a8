using System.Globalization;
using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Cli.Verbs;

/// <summary>The Karma ledger from the shell.</summary>
internal static class KarmaVerbs
{
    private const int NameChars = 28;

    internal static readonly Verb Verify = Verb.Define("karma verify", "recomputes the chain of the ledger", [], [],
        call => ToolRun.Run(call, "karma_verify_chain", null, (answer, page) => ShowVerdict(call, answer, page), answer => answer.GetProperty("valid"u8).GetBoolean()),
        "Exit code 1 when an entry was altered, removed or inserted.", "wm karma verify --galaxy work");

    internal static readonly Verb Report = Verb.Define("karma report", "calls, refusals and debt by tool and agent", [], [],
        call => ToolRun.Run(call, "karma_report", null, (answer, page) => ShowReport(call, answer, page)),
        "Debt grows when a call did not do what its tool declares.", "wm karma report");

    private static void ShowVerdict(Invocation call, JsonElement answer, TextWriter page)
    {
        string entries = MemoryPage.Count(answer.GetProperty("entries"u8).GetInt64(), "entry", "entries");
        if (answer.GetProperty("valid"u8).GetBoolean())
        {
            page.WriteLine(Paint.Green(call.Around.OutHasColours, "whole") + ": " + entries + ", head " + MemoryPage.TextOf(answer, "head"));
        }
        else
        {
            page.WriteLine(Paint.Red(call.Around.OutHasColours, "broken") + " at entry " + answer.GetProperty("first_bad_sequence"u8).GetRawText() + ": "
                + Printable.Line(MemoryPage.TextOf(answer, "problem")) + "; " + entries + " before it are whole");
        }
    }

    private static void ShowReport(Invocation call, JsonElement answer, TextWriter page)
    {
        WriteTally(page, "all calls", answer);
        foreach (string group in (string[])["tools", "agents"])
        {
            page.WriteLine();
            page.WriteLine(Paint.Bold(call.Around.OutHasColours, group));
            foreach (JsonElement row in answer.GetProperty(group).EnumerateArray())
            {
                string name = Printable.Line(MemoryPage.TextOf(row, "name"));
                WriteTally(page, name.Length > 0 ? name : "(no name)", row);
            }
        }
    }

    private static void WriteTally(TextWriter page, string name, JsonElement row) =>
        page.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name.PadRight(NameChars)} {Raw(row, "calls"),7} calls {Raw(row, "refusals"),5} refused {Raw(row, "failures"),5} failed  debt {Raw(row, "debt")}"));

    private static string Raw(JsonElement row, string name) => row.GetProperty(name).GetRawText();
}
