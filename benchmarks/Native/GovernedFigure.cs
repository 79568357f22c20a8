using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using WhiteMagic.Cli.Modules;
using WhiteMagic.Governance;
using WhiteMagic.Governance.Dharma;
using WhiteMagic.Governance.Harmony;
using WhiteMagic.Governance.Scoring;
using WhiteMagic.Governance.Stages;
using WhiteMagic.Kernels.EventRing;
using WhiteMagic.Kernels.RateLimiter;
using WhiteMagic.Kernels.StateBoard;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>The whole way of an allowed call through governance, from the deed to the witnesses: a memory of 500 bytes under more and more rules.</summary>
internal static unsafe class GovernedFigure
{
    private const int Rounds = 301;
    private const int Repetitions = 100;
    private const int PatternEvery = 5;

    public static void Run(Report report, string textsFile)
    {
        string[] texts = File.ReadAllLines(textsFile);
        foreach ((string name, int rules) in ((string, int)[])[("default", 0), ("200", 200), ("2000", 2000)])
        {
            report.Add($"rules_{name}_us", Measure(report, texts, rules, modules: false));
        }

        report.Add("modules_us", Measure(report, texts, 0, modules: true));
        report.Add("evaluate_us", MeasureModule(report, texts));
    }

    // One question to the embedded dharma module about a memory of 500 bytes, with all that goes before and after it in the sandbox.
    private static double MeasureModule(Report report, string[] texts)
    {
        PolicyModule module = PolicyModule.Load(ScorerKind.Dharma, "embedded", EmbeddedModules.Of(ScorerKind.Dharma));
        var records = new List<byte[]>();
        foreach (string text in texts)
        {
            records.Add(DharmaModule.RecordOf(DeedOf(text), Judgement.Nothing));
        }

        int at = 0;
        int answered = 0;
        byte[] answer = new byte[AnswerFormat.MostBytes];
        double[] medians = Native.Rounds.MedianNs(Rounds, Repetitions, _ =>
        {
            for (int i = 0; i < Repetitions; i++)
            {
                answered += module.Ask(records[at++ % records.Count], answer).Length > 0 ? 1 : 0;
            }
        });
        report.Check(answered == at, $"{at - answered} questions of {at} were not answered");
        return medians[0] / 1000;
    }

    private static double Measure(Report report, string[] texts, int ruleCount, bool modules)
    {
        string root = Directory.CreateTempSubdirectory("wm-bench-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(root, DharmaRules.FileName), RulesOf(ruleCount));
            Governor governor = GovernorOf(report, root, modules, out DharmaRules dharma);
            report.Check(dharma.Current.Rules.Count == ruleCount + 2 && dharma.Problem.Length == 0, $"{dharma.Current.Rules.Count} rules of {ruleCount}: {dharma.Problem}");
            report.Check(governor.Rule(DeedOf("the vaultword7 is open")).Outcome == (ruleCount > 7 ? Outcomes.PolicyBlocked : Outcomes.Ok), "a rule that matches does not refuse");
            report.Check(governor.Rule(DeedOf("password: hunter2")).Outcome == Outcomes.PolicyBlocked, "a password is not refused");
            var deeds = new List<Deed>();
            foreach (string text in texts)
            {
                deeds.Add(DeedOf(text));
            }

            int at = 0;
            int refused = 0;
            double[] medians = Native.Rounds.MedianNs(Rounds, Repetitions, _ =>
            {
                for (int i = 0; i < Repetitions; i++)
                {
                    Deed deed = deeds[at++ % deeds.Count];
                    Ruling ruling = governor.Rule(deed);
                    refused += ruling.Permit is null ? 1 : 0;
                    governor.Conclude(deed, ruling, new DeedEnd(ruling.Outcome, 1000, 1));
                }
            });
            report.Check(refused == 0, $"{refused} ordinary memories were refused");
            return medians[0] / 1000;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static Governor GovernorOf(Report report, string root, bool modules, out DharmaRules dharma)
    {
        byte* board = (byte*)NativeMemory.AllocZeroed(SharedBoard.Bytes);
        report.Check(SharedBoard.Attach(board, out SharedBoard shared) == 0, "the board was not opened");
        report.Check(RateTable.Open(board + SharedBoard.RateOffset, SharedBoard.RateBytes, RateLimits.WindowMs, out RateTable rates) == 0, "the limiter was not opened");
        report.Check(SharedRing.Attach(NativeMemory.AllocZeroed(SharedRing.Bytes), SharedRing.Bytes, out SharedRing ring) == 0, "the ring was not opened");
        dharma = new DharmaRules(root, TimeProvider.System, static _ => 1);
        var breaker = new BreakerStage(new BreakerSettings(), ["create_memory"], () => shared, TimeProvider.System);

        DharmaModule? module = modules ? new DharmaModule(new PolicyModules(root, TimeProvider.System, Cli.Platform.FileStatus.StampOf, mayChange: true, text => report.Check(false, text))) : null;

        // Limits so high that a round does not meet them.
        var limits = new RateLimits { Overall = RateLimits.Most, PerTool = RateLimits.Most };
        return new Governor([new SanitiseStage(), new RateLimitStage(limits, () => rates, TimeProvider.System), breaker, new PermissionStage(false), new DharmaStage(dharma, module)],
            [breaker, new Vitals(() => ring, () => shared, TimeProvider.System)], (name, e) => report.Check(false, $"{name}: {e.Message}"));
    }

    // As teams write them: words, every fifth an expression, some for one galaxy or agent.
    private static string RulesOf(int count)
    {
        var yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < count; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: rule_{i}\n    action: block\n    severity: 0.5\n    effects: [write]\n");
            if (i % PatternEvery == 0)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    patterns: ['\\bcodename{i}\\s+(alpha|beta){{1,3}}\\b', 'project-{i}[0-9]+']\n");
            }
            else
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    keywords: [vaultword{i}, secret plan {i}, operation{i}]\n");
            }

            yaml.Append(i % 7 == 3 ? "    galaxies: [project-x, project-y]\n" : i % 7 == 5 ? "    agents: ['coder/*', 'reviewer/*']\n" : "");
        }

        return yaml.ToString();
    }

    private static Deed DeedOf(string text) => new()
    {
        Tool = "create_memory",
        Effect = Effect.Write,
        Agent = "bench/1",
        Session = "",
        Galaxy = "default",
        Arguments = Encoding.UTF8.GetBytes("{\"content\":\"" + text.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal) + "\",\"tags\":[\"bench\"],\"title\":\"A memory\"}"),
        StartedAtMs = 0,
        StartedTimestamp = 0,
    };
}
