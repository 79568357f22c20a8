using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Cli.Verbs;

/// <summary>The Karma ledger from the shell.</summary>
internal static class KarmaVerbs
{
    private const int NameChars = 28;

    internal static readonly Verb Verify = Verb.Define("karma verify", "recomputes the ledger: chain, tree, head, and what a checkpoint says of it", [], [KarmaProofs.Against], RunVerify,
        "Exit code 1 when an entry was altered, removed, inserted or moved; with a checkpoint\n"
        + "that was kept elsewhere also when the ledger was cut, rewritten or replaced.", "wm karma verify --galaxy work");

    internal static readonly Verb Report = Verb.Define("karma report", "calls, refusals and debt by tool and agent", [], [],
        call => ToolRun.Run(call, "karma_report", null, (answer, page) => ShowReport(call, answer, page)),
        "Debt grows when a call did not do what its tool declares.", "wm karma report");

    private static int RunVerify(Invocation call)
    {
        string? checkpoint = KarmaProofs.Read(call);
        return ToolRun.Run(call, "karma_verify_chain", json =>
        {
            if (checkpoint is not null)
            {
                json.WriteString("checkpoint", checkpoint);
            }
        }, (answer, page) =>
        {
            ShowVerdict(call, answer, page);
            ShowMirror(answer, page);
        }, answer => answer.GetProperty("valid"u8).GetBoolean());
    }

    private static void ShowVerdict(Invocation call, JsonElement answer, TextWriter page)
    {
        string entries = MemoryPage.Count(answer.GetProperty("entries"u8).GetInt64(), "entry", "entries");
        if (answer.GetProperty("valid"u8).GetBoolean())
        {
            page.WriteLine(Paint.Green(call.Around.OutHasColours, "whole") + ": " + entries + ", head " + MemoryPage.TextOf(answer, "head"));
        }
        else
        {
            string place = answer.TryGetProperty("first_bad_sequence"u8, out JsonElement bad) ? " at entry " + bad.GetRawText() : "";
            page.WriteLine(Paint.Red(call.Around.OutHasColours, "broken") + place + ": "
                + Printable.Line(MemoryPage.TextOf(answer, "problem")) + "; " + entries + " before it are whole");
        }
    }

    private static void ShowMirror(JsonElement answer, TextWriter page)
    {
        if (MemoryPage.TextOf(answer, "mirror") is { Length: > 0 } mirror)
        {
            page.WriteLine(Printable.Line(mirror) + "; the database is the truth, and the mirror follows it");
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
        page.WriteLine("  " + name.PadRight(NameChars) + Right(row, "calls", 8) + " calls" + Right(row, "refusals", 6) + " refused" + Right(row, "failures", 6) + " failed  debt "
            + row.GetProperty("debt"u8).GetRawText());

    private static string Right(JsonElement row, string name, int width) => row.GetProperty(name).GetRawText().PadLeft(width);
}
