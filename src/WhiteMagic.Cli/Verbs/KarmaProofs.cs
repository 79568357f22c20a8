using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Governance.Karma;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>What proves the ledger to somebody else: checkpoints and proofs.</summary>
internal static class KarmaProofs
{
    private const int MostCheckpointBytes = 4096;

    /// <summary>A file with a checkpoint.</summary>
    internal static readonly Option Against = Option.Text("--against", "FILE", "a checkpoint that was kept elsewhere", null, isPath: true);

    internal static readonly Verb Checkpoint = Verb.Define("karma checkpoint", "prints what the ledger is now, to keep elsewhere", [], [],
        call => ToolRun.Run(call, "karma_checkpoint", null, (answer, page) => page.Write(MemoryPage.TextOf(answer, "checkpoint"))),
        "Three lines: which ledger, how many entries, the root of the tree over them. Keep them where\n"
        + "nobody who writes this state root can write: later they show whether anything before them\n"
        + "was changed, cut off or replaced.", "wm karma checkpoint", "wm karma checkpoint --galaxy work");

    internal static readonly Verb Prove = Verb.Define("karma prove", "prints entries of the ledger with what proves them, as JSON",
        [new Operand("ENTRY", "the number of an entry, or the id of a memory: then all that name it")], [Against], RunProve,
        "The proof can be checked without wm, against a checkpoint: docs/karma.md says how, examples/verify-proof does it in Python.", "wm karma prove 1");

    private static int RunProve(Invocation call)
    {
        string entry = call.Operand(0)!;
        string? checkpoint = Read(call);
        using Workbench bench = Workbench.Open(call);
        ToolAnswer answer = ToolRun.Ask(bench, "karmic_trace", json =>
        {
            if (long.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
            {
                json.WriteNumber("sequence", sequence);
            }
            else
            {
                json.WriteString("memory_id", entry);
            }

            if (checkpoint is not null)
            {
                json.WriteString("checkpoint", checkpoint);
            }

            call.WriteArguments(json);
        });
        if (!answer.IsError || call.Json)
        {
            Verdict.WriteJson(call.Around.Out, answer);
        }

        using JsonDocument document = JsonDocument.Parse(answer.Written.ToArray());
        return answer.IsError ? Verdict.Failure(call, document.RootElement) : ExitCode.Success;
    }

    /// <summary>The text of the checkpoint that a command line names; null when it names none.</summary>
    internal static string? Read(Invocation call)
    {
        if (call.Get(Against) is not { } name)
        {
            return null;
        }

        string path = call.Around.FullPath(name);
        try
        {
            string text = new FileInfo(path).Length <= MostCheckpointBytes ? Encoding.UTF8.GetString(File.ReadAllBytes(path)) : "";
            return KarmaCheckpoint.Parse(text) is not null ? text
                : throw FailureException.Invalid(path + " is no checkpoint: it has three lines, as wm karma checkpoint prints them");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(ErrorCode.NotFound, path + " cannot be read", "give the file with the three lines that wm karma checkpoint printed", inner: e);
        }
    }
}
