using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Tools;
using WhiteMagic.Yaml;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Dharma from the shell: which rules hold, whether their files are right, whether they do what is expected.</summary>
internal static class DharmaVerbs
{
    private const int NameChars = 30;

    internal static readonly Verb Rules = Verb.Define("dharma rules", "lists the rules in force", [], [],
        call => ToolRun.Run(call, "dharma_rules", null, (answer, page) => ShowRules(call, answer, page)), "Where each comes from and when it matches.", "wm dharma rules");

    internal static readonly Verb Check = Verb.Define("dharma check", "reads the rule files and says what is wrong with them", [], [], RunCheck,
        "Exit code 1 when a file has an error: a running server keeps the rules before it, one that starts changes\nnothing. docs/governance.md has the fields of a rule and ten policies.", "wm dharma check");

    internal static readonly Verb Test = Verb.Define("dharma test", "runs expected rulings against the rules in force, without doing anything",
        [new Operand("CASES", "a YAML file with a list of cases") { IsPath = true }], [], RunTest,
        "Exit code 1 when a case comes out otherwise than it expects. docs/governance.md shows what a case looks like.", "wm dharma test policy/cases.yaml");

    internal static readonly Verb Profile = Verb.Define("dharma profile", "shows the active profile of rules, or sets it",
        [new Operand("NAME", "default, creative, secure, violet, or one that a rule file names") { IsRequired = false }], [], RunProfile,
        "It holds for every process on this state root, from its next call on, and is entered in the ledger. Only people can make rules looser: agents can\n"
        + "only make them stricter, with set_dharma_profile.", "wm dharma profile", "wm dharma profile secure");

    private static int RunCheck(Invocation call) => ToolRun.Run(call, "dharma_reload", null, (answer, page) =>
    {
        if (MemoryPage.TextOf(answer, "problem") is { Length: > 0 } problem)
        {
            call.Around.Error.WriteLine("wm: " + Printable.Line(problem));
        }
        else
        {
            page.WriteLine("right: " + MemoryPage.Count(answer.GetProperty("rules"u8).GetInt64(), "rule", "rules") + " in force under profile " + MemoryPage.TextOf(answer, "profile"));
        }
    }, answer => !answer.TryGetProperty("problem"u8, out _));

    private static int RunTest(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        string path = call.Around.FullPath(call.Operand(0)!);
        DharmaRules dharma = bench.Workplace.Dharma;
        _ = dharma.Current;
        if (dharma.Problem.Length > 0)
        {
            return Verdict.Failure(call.Around, call.Json, FailureException.Invalid(dharma.Problem, "correct the rules first; wm dharma check looks again"));
        }

        IReadOnlyList<DharmaCaseResult> results;
        try
        {
            var catalog = new Catalog(coreOnly: false);
            results = DharmaCases.Run(ReadAll(path), call.Operand(0)!, profile => profile is null ? dharma.Current : dharma.Under(profile),
                tool => catalog.Find(tool)?.Effect, time => Instant.TryParse(time, out long ms) ? ms : null, call.Around.Time.GetUtcNow().ToUnixTimeMilliseconds());
        }
        catch (YamlException e)
        {
            return Verdict.Failure(call.Around, call.Json, FailureException.Invalid(e.Message));
        }

        return ShowResults(call, results);
    }

    private static byte[] ReadAll(string path)
    {
        try
        {
            return new FileInfo(path).Length > YamlReader.MaxBytes ? throw FailureException.TooLarge("the file of cases", new FileInfo(path).Length, YamlReader.MaxBytes, "bytes") : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(e is FileNotFoundException or DirectoryNotFoundException ? ErrorCode.NotFound : ErrorCode.PermissionDenied, path + " cannot be read", "give the path of a file of cases", inner: e);
        }
    }

    private static int ShowResults(Invocation call, IReadOnlyList<DharmaCaseResult> results)
    {
        int failed = 0;
        foreach (DharmaCaseResult result in results)
        {
            failed += result.IsAsExpected ? 0 : 1;
            if (!result.IsAsExpected && !call.Json)
            {
                call.Around.Out.WriteLine(Paint.Red(call.Around.OutHasColours, "differs ") + Printable.Line(result.Place + ": " + result.Name + ": expected " + Said(result.Expected, result.ExpectedRules)
                    + ", found " + Said(result.Found, result.FoundRules)));
            }
        }

        if (call.Json)
        {
            WriteResults(call, results, failed);
        }
        else
        {
            call.Around.Out.WriteLine(MemoryPage.Count(results.Count - failed, "case", "cases") + " as expected, " + MemoryPage.Text(failed) + " not");
        }

        return failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static void WriteResults(Invocation call, IReadOnlyList<DharmaCaseResult> results, int failed)
    {
        var answer = new ToolAnswer();
        answer.Json.WriteStartObject();
        answer.Json.WriteNumber("cases", results.Count);
        answer.Json.WriteNumber("failed", failed);
        answer.Json.WriteStartArray("differences");
        foreach (DharmaCaseResult result in results)
        {
            if (!result.IsAsExpected)
            {
                answer.Json.WriteStartObject();
                answer.Json.WriteString("place", result.Place);
                answer.Json.WriteString("name", result.Name);
                answer.Json.WriteString("expected", Said(result.Expected, result.ExpectedRules));
                answer.Json.WriteString("found", Said(result.Found, result.FoundRules));
                answer.Json.WriteEndObject();
            }
        }

        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
    }

    private static string Said(string action, IReadOnlyList<string>? rules) => rules is { Count: > 0 } ? action + " by " + string.Join(", ", rules) : action;

    private static int RunProfile(Invocation call)
    {
        if (call.Operand(0) is { } name)
        {
            return ToolRun.Run(call, "set_dharma_profile", json => json.WriteString("profile", name), (answer, page) => page.WriteLine("profile: " + MemoryPage.TextOf(answer, "profile")));
        }

        return ToolRun.Run(call, "dharma_rules", null, (answer, page) => page.WriteLine(MemoryPage.TextOf(answer, "profile")));
    }

    private static void ShowRules(Invocation call, JsonElement answer, TextWriter page)
    {
        page.WriteLine("profile " + MemoryPage.TextOf(answer, "profile"));
        foreach (JsonElement rule in answer.GetProperty("rules"u8).EnumerateArray())
        {
            page.WriteLine(Paint.Bold(call.Around.OutHasColours, MemoryPage.TextOf(rule, "name").PadRight(NameChars)) + MemoryPage.TextOf(rule, "action").PadRight(9)
                + rule.GetProperty("severity"u8).GetRawText().PadRight(5) + Printable.Line(MemoryPage.TextOf(rule, "source")));
            page.WriteLine("  when " + Printable.Line(MemoryPage.TextOf(rule, "when")));
        }

        if (MemoryPage.TextOf(answer, "problem") is { Length: > 0 } problem)
        {
            call.Around.Error.WriteLine("wm: " + Printable.Line(problem));
        }
    }
}
