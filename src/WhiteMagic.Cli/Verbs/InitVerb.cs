using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Governance;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Memory.Seeds;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Makes a state root ready for use, as often as it is asked to.</summary>
internal static class InitVerb
{
    internal static readonly Verb Row = Verb.Define("init", "makes a state root and prints client configurations",
        [new Operand("DIR", "the folder that gets .whitemagic; the current one when left out") { IsRequired = false, IsPath = true }], [], Run,
        "Makes DIR/.whitemagic (or the root that --state-root or WM_STATE_ROOT names) with a .gitignore and a commented config.yaml, and stores\n"
        + "sixteen short memories that explain this program to an agent. Safe to repeat: nothing is stored twice, and a quickstart memory that was\n"
        + "deleted stays deleted. A database of an earlier WhiteMagic that lies there is moved to backups/ and imported; exit code 1 when a row of it\n"
        + "could not be taken.",
        "wm init", "wm init my-project", "wm init --state-root ~/notes/.whitemagic");

    private static int Run(Invocation call)
    {
        StateRoot root = RootOf(call);
        RootRights.Check(root.Path);
        Scaffold(root.Path);
        string galaxy = call.Get(GlobalOptions.Galaxy) is { } named ? GalaxyName.Check(named) : GalaxyName.Default;
        string? earlier = EarlierDatabase.MoveAway(call, root.Path, galaxy);
        using Workbench bench = Workbench.Open(call, root);
        bench.EndInGoodOrder(call.Around);
        Adoption? adopted = earlier is null ? null : EarlierDatabase.Import(call, bench, earlier, galaxy);
        int seeded = Seed(bench);
        Report(call, bench, seeded, adopted);
        return adopted is { Problem: not null } or { Failed: > 0 } ? ExitCode.Failed : ExitCode.Success;
    }

    private static StateRoot RootOf(Invocation call)
    {
        if (call.Operand(0) is not { } folder)
        {
            return StateRoot.Given(call.Around, call.Get(GlobalOptions.StateRoot))
                ?? new StateRoot(In(call.Around.Folder), "in the current folder");
        }

        return call.Has(GlobalOptions.StateRoot)
            ? throw call.Wrong("DIR and --state-root both say where; give one of them")
            : new StateRoot(In(call.Around.FullPath(folder)), "in " + folder);
    }

    // Who names the state root itself does not want another one inside it.
    private static string In(string folder)
    {
        string trimmed = Path.TrimEndingDirectorySeparator(folder);
        return Path.GetFileName(trimmed) == StateRoot.FolderName ? trimmed : Path.Combine(trimmed, StateRoot.FolderName);
    }

    private static void Scaffold(string root)
    {
        string path = root;
        try
        {
            // The folders above are made with the usual rights, the root for its user alone.
            Directory.CreateDirectory(Path.GetDirectoryName(root)!);
            PrivateFile.MakeFolder(root, root);
            WriteNew(path = Path.Combine(root, ".gitignore"), "*\n");
            WriteNew(path = Path.Combine(root, Configuration.FileName), Configuration.Template);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("making", path, e);
        }
    }

    private static void WriteNew(string path, string text)
    {
        if (!File.Exists(path))
        {
            using FileStream file = PrivateFile.Create(path, FileMode.CreateNew);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    // Once per version of a seed: what was deleted or purged since then stays away.
    private static int Seed(Workbench bench)
    {
        if (Seeding.VersionOf(bench.Store) >= Quickstart.Version)
        {
            return 0;
        }

        Ruling ruling = bench.Governor.Rule(bench.DeedOf("init", Effect.Write, GalaxyName.Default));
        return ruling.Permit is { } permit
            ? Seeding.Store(bench.Store, Quickstart.Seeds(), permit)
            : throw new FailureException(ruling.Outcome, ruling.Explanation);
    }

    private static void Report(Invocation call, Workbench bench, int seeded, Adoption? adopted)
    {
        string program = call.Around.ProgramPath;
        string root = bench.Root.Path;
        if (call.Json)
        {
            WriteJson(call, root, seeded, adopted);
            return;
        }

        TextWriter page = call.Around.Out;
        bool colours = call.Around.OutHasColours;
        page.WriteLine(Paint.Bold(colours, "State root ") + root);
        if (adopted is not null)
        {
            WriteAdoption(call, adopted);
        }

        page.WriteLine(seeded == 0
            ? "The quickstart memories were stored before; nothing was added."
            : string.Create(CultureInfo.InvariantCulture, $"Stored {seeded} quickstart memories in galaxy default; an agent that calls session_bootstrap sees them."));
        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "Claude Code") + " (in your project's folder)");
        page.WriteLine("  claude mcp add whitemagic -- " + ClientConfiguration.ShellQuoted(program) + " serve --state-root " + ClientConfiguration.ShellQuoted(root));
        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "Claude Desktop") + " (claude_desktop_config.json) and " + Paint.Bold(colours, "Cursor") + " (.cursor/mcp.json)");
        page.WriteLine(ClientConfiguration.Servers("mcpServers", program, root, withType: false));
        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "VS Code") + " (.vscode/mcp.json)");
        page.WriteLine(ClientConfiguration.Servers("servers", program, root, withType: true));
        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "Codex") + " (~/.codex/config.toml)");
        page.WriteLine(ClientConfiguration.Toml(program, root));
        page.WriteLine();
        page.WriteLine("Next: wm demo shows a conversation, wm help every verb.");
    }

    private static void WriteAdoption(Invocation call, Adoption adopted)
    {
        TextWriter page = call.Around.Out;
        page.WriteLine((adopted.IsOfAnotherProgram ? "A database of another program was moved to " : "An earlier WhiteMagic's database was moved to ") + adopted.MovedTo);
        page.WriteLine(adopted.Problem is null
            ? string.Create(CultureInfo.InvariantCulture, $"It was imported: {adopted.Created} memories are new, {adopted.Reinforced} were there already, {adopted.Failed} could not be taken.")
            : adopted.IsOfAnotherProgram ? "Nothing was imported from it: " + Printable.Line(adopted.Problem) + "."
            : "It could not be imported: " + Printable.Line(adopted.Problem) + ". It is kept there; repeat with: wm import " + ClientConfiguration.ShellQuoted(adopted.MovedTo) + " --format sqlite");
        foreach (ImportIssue issue in adopted.Errors)
        {
            call.Around.Error.WriteLine(Printable.Line(string.Create(CultureInfo.InvariantCulture, $"wm: row {issue.Line}: {issue.Reason}")));
        }
    }

    private static void WriteJson(Invocation call, string root, int seeded, Adoption? adopted)
    {
        var answer = new ToolAnswer();
        Utf8JsonWriter json = answer.Json;
        json.WriteStartObject();
        json.WriteString("state_root", root);
        json.WriteNumber("seeded", seeded);
        if (adopted is not null)
        {
            json.WriteStartObject("earlier_database");
            json.WriteString("moved_to", adopted.MovedTo);
            json.WriteNumber("created", adopted.Created);
            json.WriteNumber("reinforced", adopted.Reinforced);
            json.WriteNumber("failed", adopted.Failed);
            json.WriteStartArray("errors");
            foreach (ImportIssue issue in adopted.Errors)
            {
                json.WriteStartObject();
                json.WriteNumber("row", issue.Line);
                json.WriteString("reason", issue.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (adopted.Problem is { } problem)
            {
                json.WriteString("problem", problem);
            }

            json.WriteEndObject();
        }

        json.WriteString("command", call.Around.ProgramPath);
        json.WriteStartArray("args");
        json.WriteStringValue("serve");
        json.WriteStringValue("--state-root");
        json.WriteStringValue(root);
        json.WriteEndArray();
        json.WriteEndObject();
        Verdict.WriteJson(call.Around.Out, answer);
    }
}
