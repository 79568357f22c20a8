using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Tools;

namespace WhiteMagic.Cli.Verbs;

/// <summary>The MCP server on standard input and output.</summary>
internal static class ServeVerb
{
    // A client that stops a server waits about a second before it kills it.
    private const int MostEndMs = 800;

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
        var server = new StdioServer(new Offer(bench.Catalog, bench.Dispatcher, bench.Workplace), call.Around.OpenInput(), call.Around.OpenOutput());
        using var ended = new ManualResetEventSlim();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, server, ended));
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, server, ended));
        server.Run();
        bench.Dispose();
        ended.Set();
        return ExitCode.Success;
    }

    // Runs on a thread of its own. What was read is still answered; a call that takes longer than the client waits is given up, and its
    // transaction with it.
    private static void End(PosixSignalContext signal, StdioServer server, ManualResetEventSlim ended)
    {
        signal.Cancel = true;
        server.Stop();
        if (!ended.Wait(MostEndMs))
        {
            Environment.Exit(ExitCode.Success);
        }
    }

    private static Workbench OpenOrRefuse(Invocation call, bool readOnly, bool coreOnly)
    {
        try
        {
            Workbench bench = Workbench.Open(call, readOnly, coreOnly);
            Say(call, $"wm {BuildFacts.Version} serves {bench.Root.Path} ({bench.Root.Origin}), galaxy {GalaxyOf(bench)}{(readOnly ? ", read-only" : "")}");
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
