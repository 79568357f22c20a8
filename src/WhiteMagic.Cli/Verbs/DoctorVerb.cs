using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Mcp;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Checks a state root, and mends what can be mended without loss.</summary>
internal static class DoctorVerb
{
    private const int CheckChars = 28;

    private static readonly Option _fix = Option.Flag("--fix", "repair what can be repaired without loss");

    internal static readonly Verb Row = Verb.Define("doctor", "checks files, rights, schema, integrity, ledger and disk space",
        [], [_fix], Run,
        "One line for each check: ok, warn or FAIL, with what to do. --fix builds damaged indexes anew, empties the log and removes temporary files\n"
        + "older than an hour; it never changes or removes a memory or a ledger entry, and a repair is entered into the ledger.\n"
        + "Exit code 0 when no check fails (after fixing), else 1.",
        "wm doctor", "wm doctor --fix --json");

    private static int Run(Invocation call)
    {
        var examination = new Examination(call, call.Has(_fix));
        examination.Run();
        bool isWell = examination.CountOf(FindingLevel.Failure) == 0;
        if (call.Json)
        {
            WriteJson(call, examination, isWell);
        }
        else
        {
            WriteText(call, examination, isWell);
        }

        return isWell ? ExitCode.Success : ExitCode.Failed;
    }

    private static void WriteText(Invocation call, Examination examination, bool isWell)
    {
        TextWriter page = call.Around.Out;
        bool colours = call.Around.OutHasColours;
        foreach (string repair in examination.Repaired)
        {
            page.WriteLine(Paint.Green(colours, "fixed") + "  " + Printable.Line(repair));
        }

        foreach (Finding finding in examination.Findings)
        {
            string level = finding.Level switch
            {
                FindingLevel.Ok => Paint.Green(colours, "ok   "),
                FindingLevel.Warning => Paint.Yellow(colours, "warn "),
                _ => Paint.Red(colours, "FAIL "),
            };
            string check = finding.Galaxy.Length > 0 ? finding.Galaxy + ": " + finding.Check : finding.Check;
            page.WriteLine(level + "  " + check.PadRight(CheckChars) + " " + Printable.Line(finding.Text));
            if (finding.Level != FindingLevel.Ok && finding.Advice.Length > 0)
            {
                page.WriteLine("       " + new string(' ', CheckChars) + " " + Printable.Line(finding.Advice));
            }
        }

        string failures = MemoryPage.Count(examination.CountOf(FindingLevel.Failure), "check failed", "checks failed");
        int warnings = examination.CountOf(FindingLevel.Warning);
        page.WriteLine(warnings > 0 ? (isWell ? "no check failed, " : failures + ", ") + MemoryPage.Count(warnings, "warning", "warnings") : isWell ? "all is well" : failures);
    }

    private static void WriteJson(Invocation call, Examination examination, bool isWell)
    {
        var answer = new ToolAnswer();
        Utf8JsonWriter json = answer.Json;
        json.WriteStartObject();
        json.WriteString("status", !isWell ? "failed" : examination.CountOf(FindingLevel.Warning) > 0 ? "attention" : "ok");
        json.WriteString("state_root", examination.Root);
        json.WriteStartArray("checks");
        foreach (Finding finding in examination.Findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Check);
            if (finding.Galaxy.Length > 0)
            {
                json.WriteString("galaxy", finding.Galaxy);
            }

            json.WriteString("level", finding.Level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warn", _ => "fail" });
            json.WriteString("text", finding.Text);
            json.WriteString("advice", finding.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("repaired");
        foreach (string repair in examination.Repaired)
        {
            json.WriteStringValue(repair);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
    }
}
