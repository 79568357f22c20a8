using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>The WebAssembly modules that score: which are in force, putting one in, taking it out, trying it.</summary>
internal static class GovernanceVerbs
{
    private const int NameChars = 9;
    private const int QuestionChars = 44;
    private const int BenchRounds = 2001;
    private const int BenchBytes = 500;

    private static readonly Operand _name = new("NAME", "dharma, karma or harmony") { Choices = ScorerNames.All.ToArray() };
    private static readonly Operand _file = new("FILE", "a WebAssembly module; without it those in force") { IsPath = true, IsRequired = false };

    internal static readonly Verb List = Verb.Define("governance list", "lists the modules in force", [], [], RunList,
        "Where each comes from, and its SHA-256, which every ledger entry that it judged has.", "wm governance list");

    internal static readonly Verb Load = Verb.Define("governance load", "tries a module and puts it into force",
        [new Operand("FILE", "a WebAssembly module") { IsPath = true }], [], RunLoad,
        "It is copied to governance/NAME.wasm in the state root, and holds for every process there from its next call on.\nWhat it exports says whether it is dharma, karma or harmony. A module can make rulings stricter, never looser.",
        "wm governance load policy.wasm");

    internal static readonly Verb Unload = Verb.Define("governance unload", "takes a module out; the embedded one scores again", [_name], [], RunUnload, "", "wm governance unload dharma");

    internal static readonly Verb Test = Verb.Define("governance test", "asks a module about ordinary calls, without doing anything", [_file], [], RunTest,
        "Exit code 1 when a file cannot be taken or a module gives no answer.", "wm governance test policy.wasm", "wm governance test");

    internal static readonly Verb Bench = Verb.Define("governance bench", "measures how long a module takes", [_file], [], RunBench,
        "Of a call with 500 bytes: median and 99th percentile, reset included, and fuel.", "wm governance bench");

    private delegate ScorerAnswer Question(ScorerKind kind, ReadOnlySpan<byte> record, Span<byte> answer);

    private static int RunList(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        var rows = new List<Row>();
        foreach (ScorerState state in bench.Governed.Modules.States)
        {
            string module = state.Sha256.Length == 0 ? "none in force" : state.Sha256 + " " + MemoryPage.Size(state.Bytes).PadRight(10) + " " + state.Source;
            rows.Add(new Row(ScorerNames.NameOf(state.Kind).PadRight(NameChars) + module + (state.Problem.Length > 0 ? "\n  " + Printable.Line(state.Problem) : ""), json =>
            {
                json.WriteString("name", ScorerNames.NameOf(state.Kind));
                json.WriteString("source", state.Source);
                json.WriteString("sha256", state.Sha256);
                json.WriteNumber("bytes", state.Bytes);
                json.WriteString("problem", state.Problem);
            }));
        }

        return Show(call, "modules", rows);
    }

    private static int RunLoad(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        string file = call.Around.FullPath(call.Operand(0)!);
        PolicyModule module = Take(file, call.Operand(0)!, out byte[] bytes);

        // The root is there, and its user's alone, once its store is.
        _ = bench.Store.Open(bench.Store.Active);
        string path = bench.Governed.Modules.PathOf(module.Kind);
        Written(path, () =>
        {
            PrivateFile.MakeFolder(bench.Root.Path, Path.GetDirectoryName(path)!);

            // Others may load too.
            string fresh = $"{path}.{Environment.ProcessId}.new";
            using (FileStream file = PrivateFile.Create(fresh))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        });
        Enter(bench, "governance_load", module.Sha256);
        bench.Governed.Modules.Reload();
        return ShowOne(call, "loaded", module.Kind, module.Sha256);
    }

    private static int RunUnload(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        var kind = (ScorerKind)ScorerNames.All.IndexOf(call.Operand(0)!);
        string path = bench.Governed.Modules.PathOf(kind);
        if (!PrivateFile.IsThere(path))
        {
            throw new FailureException(ErrorCode.NotFound, $"there is no {PolicyModules.FolderName}/{ScorerNames.FileOf(kind)} in the state root: the embedded module is in force", "wm governance list shows all");
        }

        Written(path, () => File.Delete(path));
        bench.Governed.Modules.Reload();
        string sha256 = bench.Governed.Modules.States[(int)kind].Sha256;
        Enter(bench, "governance_unload", sha256);
        return ShowOne(call, "unloaded", kind, sha256);
    }

    private static int RunTest(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        Question ask = Modules(call, bench, out IReadOnlyList<ScorerKind> kinds);
        Ruleset rules = bench.Workplace.Dharma.Current;
        var rows = new List<Row>();
        bool isRight = true;
        byte[] answer = new byte[AnswerFormat.MostBytes];
        foreach (ScorerKind kind in kinds)
        {
            foreach ((string name, Deed? deed) in kind == ScorerKind.Dharma ? Probes.Deeds : [("a harmless record", null)])
            {
                byte[] record = deed is null ? Probes.Of(kind) : DharmaModule.RecordOf(deed, rules.Judge(deed));
                ScorerAnswer given = ask(kind, record, answer);
                isRight &= given.Length > 0;
                string question = ScorerNames.NameOf(kind) + ": " + name;
                string said = given.Length == 0 ? "no answer: " + given.Failure : Said(kind, answer.AsSpan(0, given.Length));
                rows.Add(new Row(question.PadRight(QuestionChars) + Printable.Line(said), json =>
                {
                    json.WriteString("question", question);
                    json.WriteString("answer", said);
                }));
            }
        }

        Show(call, "answers", rows);
        return isRight ? ExitCode.Success : ExitCode.Failed;
    }

    private static int RunBench(Invocation call)
    {
        using Workbench bench = Workbench.Open(call);
        Question ask = Modules(call, bench, out IReadOnlyList<ScorerKind> kinds);
        Deed deed = Probes.DeedOf("create_memory", Effect.Write, "{\"content\":\"" + new string('a', BenchBytes - 14) + "\"}");
        byte[] answer = new byte[AnswerFormat.MostBytes];
        var rows = new List<Row>();
        foreach (ScorerKind kind in kinds)
        {
            byte[] record = kind == ScorerKind.Dharma ? DharmaModule.RecordOf(deed, Judgement.Nothing) : Probes.Of(kind);
            double[] times = new double[BenchRounds];
            ScorerAnswer given = default;
            for (int i = 0; i < times.Length; i++)
            {
                long began = Stopwatch.GetTimestamp();
                given = ask(kind, record, answer);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
                if (given.Length == 0)
                {
                    throw new FailureException(Outcomes.PolicyBlocked, given.Failure, "wm governance list shows the modules");
                }
            }

            double median = OrderStatistic.Of(times, times.Length / 2);
            double rare = OrderStatistic.Of(times, times.Length * 99 / 100);
            rows.Add(new Row(string.Create(CultureInfo.InvariantCulture, $"{ScorerNames.NameOf(kind),-NameChars}median {median:0.00} us, 99 % below {rare:0.00} us, fuel {given.Fuel}"), json =>
            {
                json.WriteString("name", ScorerNames.NameOf(kind));
                json.WriteNumber("median_us", Math.Round(median, 2));
                json.WriteNumber("p99_us", Math.Round(rare, 2));
                json.WriteNumber("fuel", given.Fuel);
            }));
        }

        return Show(call, "times", rows);
    }

    // Those in force, which stay whatever they do, or the one of a file.
    private static Question Modules(Invocation call, Workbench bench, out IReadOnlyList<ScorerKind> kinds)
    {
        if (call.Operand(0) is not { } given)
        {
            kinds = [ScorerKind.Dharma, ScorerKind.Karma, ScorerKind.Harmony];
            return bench.Governed.Modules.Try;
        }

        PolicyModule module = Take(call.Around.FullPath(given), given, out _);
        kinds = [module.Kind];
        return (_, record, answer) => module.Ask(record, answer);
    }

    private static PolicyModule Take(string path, string shown, out byte[] bytes)
    {
        try
        {
            bytes = ModuleFile.Read(path);
            return PolicyModule.Load(null, shown, bytes);
        }
        catch (ModuleException e)
        {
            throw FailureException.Invalid($"{shown} is not taken: {e.Message}", "docs/governance-modules.md says what a module has to be; what was in force still is");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(e is FileNotFoundException or DirectoryNotFoundException ? ErrorCode.NotFound : ErrorCode.PermissionDenied, shown + " cannot be read", "give the path of a WebAssembly module", inner: e);
        }
    }

    private static void Written(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(ErrorCode.StorageReadonly, path + " cannot be written; the modules are as before", "wm doctor checks the root", inner: e);
        }
    }

    // The person whose files these are needs no leave of a module, which might be what is to go.
    private static void Enter(Workbench bench, string deed, string sha256) =>
        bench.Store.Open(bench.Store.Active).Ledger.Queue(bench.DeedOf(deed, Effect.Write, bench.Store.Active), "sha256:" + sha256, 1, Outcomes.Ok, []);

    private static string Said(ScorerKind kind, ReadOnlySpan<byte> answer)
    {
        string number = AnswerFormat.NumberOf(answer).ToString("0.###", CultureInfo.InvariantCulture);
        return kind switch
        {
            ScorerKind.Karma => "debt " + number,
            ScorerKind.Harmony => "score " + number,
            _ => (AnswerFormat.FirstOf(answer) is > 0 and int action ? RuleActions.NameOf((RuleAction)action) : "allow") + ", severity " + number
                + (AnswerFormat.ReasonOf(answer) is { Length: > 0 } reason ? ": " + Printable.Line(reason) : ""),
        };
    }

    private static int ShowOne(Invocation call, string done, ScorerKind kind, string sha256) =>
        Show(call, done, [new Row(done + " " + ScorerNames.NameOf(kind) + "; in force: " + sha256, json =>
        {
            json.WriteString("name", ScorerNames.NameOf(kind));
            json.WriteString("sha256", sha256);
        })]);

    private static int Show(Invocation call, string name, List<Row> rows)
    {
        if (!call.Json)
        {
            foreach (Row row in rows)
            {
                call.Around.Out.WriteLine(row.Line);
            }

            return ExitCode.Success;
        }

        var answer = new ToolAnswer();
        answer.Json.WriteStartObject();
        answer.Json.WriteStartArray(name);
        foreach (Row row in rows)
        {
            answer.Json.WriteStartObject();
            row.Write(answer.Json);
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
        return ExitCode.Success;
    }

    /// <summary>A line for people, and the same for programs.</summary>
    private sealed class Row(string line, Action<Utf8JsonWriter> write)
    {
        internal string Line => line;

        internal void Write(Utf8JsonWriter json) => write(json);
    }
}
