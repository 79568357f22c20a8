using System;
using System.Diagnostics;
using System.Globalization;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Demo;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>A short tour over real MCP.</summary>
internal static class DemoVerb
{
    internal static readonly Verb Row = Verb.Define("demo", "a tour: an agent's conversation with a real server", [], [], Run,
        "Starts this program as a server in a process of its own, on a temporary state root that is removed at the end, and talks MCP with it.\n"
        + "Every answer is checked. With --json each message is printed in full. Your own memories are not touched.", "wm demo");

    private static int Run(Invocation call)
    {
        if (OperatingSystem.IsWindows())
        {
            throw FailureException.Invalid("the demo starts a second process, which wm does not do on Windows", "connect an MCP client instead: wm init prints its configuration");
        }

        using var folder = new TemporaryFolder("wm-demo-", call.Around.Random);
        long started = Stopwatch.GetTimestamp();
        var transcript = new Transcript(call);
        long entries = new Tour(call, folder.Path, transcript).Play();
        transcript.Say(string.Create(CultureInfo.InvariantCulture,
            $"All as expected: {transcript.MessageCount} messages, two server processes, {entries} ledger entries verified, {(long)Stopwatch.GetElapsedTime(started).TotalMilliseconds} ms."));
        if (!call.Json)
        {
            call.Around.Out.WriteLine("Next: wm init makes a state root for your project and prints what your MCP client needs; wm help shows the rest.");
        }

        return ExitCode.Success;
    }
}
