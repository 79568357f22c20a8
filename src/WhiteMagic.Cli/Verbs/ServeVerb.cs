using System.IO;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Tools;

namespace WhiteMagic.Cli.Verbs;

/// <summary>The MCP server on standard input and output.</summary>
internal static class ServeVerb
{
    private static readonly Option _profile = Option.Text("--profile", "NAME", "which tools are listed", null, false, "lite", "core");
    private static readonly Option _readOnly = Option.Flag("--read-only", "refuse everything that changes something");

    internal static readonly Verb Row = Verb.Define("serve", "MCP server on stdin and stdout",
        [], [_profile, _readOnly], Run,
        "Your MCP client starts it; `wm init` prints the configuration. Standard output carries protocol messages only; one line on standard\n"
        + "error says which root and galaxy are in use. It ends when its input ends, or on SIGTERM or SIGINT. Several servers on one root are fine.\n"
        + "A root that cannot be used does not stop it: each call then says what is wrong.",
        "wm serve", "wm serve --state-root ~/notes/.whitemagic --profile core");

    private static int Run(Invocation call)
    {
        bool readOnly = call.Has(_readOnly);
        bool coreOnly = call.Get(_profile) == "core";
        using Workbench bench = OpenOrRefuse(call, readOnly, coreOnly);
        var server = new StdioServer(new Offer(bench.Catalog, bench.Dispatcher, bench.Workplace), call.Around.OpenChannel());
        EndSignals.Watch(server.Stop);
        server.Run();
        bench.Dispose();
        EndSignals.Ended();
        return ExitCode.Success;
    }

    private static Workbench OpenOrRefuse(Invocation call, bool readOnly, bool coreOnly)
    {
        try
        {
            Workbench bench = Workbench.Open(call, readOnly, coreOnly);
            Say(call, $"wm {BuildFacts.Version} serves {bench.Root.Path} ({bench.Root.Origin}), galaxy {GalaxyOf(bench)}{(readOnly ? ", read-only" : "")}");
            WarnOfAbsence(call, bench);
            return bench;
        }
        catch (FailureException e)
        {
            Say(call, $"wm {BuildFacts.Version}: {e.Message}; every call will say so. {e.Hint}");
            return Workbench.Refusing(call, e, readOnly, coreOnly);
        }
    }

    private static string GalaxyOf(Workbench bench)
    {
        try
        {
            return bench.Workplace.Galaxies.Active;
        }
        catch (FailureException e)
        {
            return "not known: " + e.Message;
        }
    }

    private static void WarnOfAbsence(Invocation call, Workbench bench)
    {
        try
        {
            string active = bench.Workplace.Galaxies.Active;
            if (active != GalaxyName.Default && !bench.HasDatabase(active))
            {
                Say(call, $"wm: there is no galaxy {active}; calls that name none will say so. wm galaxy list names all, wm galaxy create {active} makes it");
            }
        }
        catch (FailureException)
        {
            // The line before said what is wrong.
        }
    }

    // Nobody may be listening to the diagnostics; that is no reason not to serve.
    private static void Say(Invocation call, string line)
    {
        try
        {
            call.Around.Error.WriteLine(Printable.Line(line));
        }
        catch (IOException)
        {
        }
    }
}
