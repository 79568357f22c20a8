using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Demo;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli.Verbs;

/// <summary>A short tour over real MCP.</summary>
internal static class DemoVerb
{
    internal static readonly Verb Row = Verb.Define("demo", "a tour: an agent's conversation with a real server", [], [], Run,
        "Starts this program as a server in a process of its own, on a temporary state root that is removed at the end, and talks MCP with it.\n"
        + "Every answer is checked. With --json each message is printed in full. Your own memories are not touched.", "wm demo");

    private static int Run(Invocation call)
    {
        string root = MakeRoot(call);
        try
        {
            long started = Stopwatch.GetTimestamp();
            var transcript = new Transcript(call);
            long entries = new Tour(call, root, transcript).Play();
            transcript.Say(string.Create(CultureInfo.InvariantCulture,
                $"All as expected: {transcript.MessageCount} messages, two server processes, {entries} ledger entries verified, {(long)Stopwatch.GetElapsedTime(started).TotalMilliseconds} ms."));
            if (!call.Json)
            {
                call.Around.Out.WriteLine("Next: wm init makes a state root for your project and prints what your MCP client needs; wm help shows the rest.");
            }

            return ExitCode.Success;
        }
        finally
        {
            Remove(root);
        }
    }

    private static string MakeRoot(Invocation call)
    {
        Span<byte> random = stackalloc byte[8];
        call.Around.Random(random);
        string root = Path.Combine(Path.GetTempPath(), "wm-demo-" + Convert.ToHexStringLower(random));
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(root);
            }
            else
            {
                Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return root;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("making", root, e);
        }
    }

    // By hand, one level at a time: the framework's recursive deletion brings 100 KB of generic code with it.
    private static void RemoveFolder(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            RemoveFolder(child);
        }

        Directory.Delete(folder);
    }

    private static void Remove(string root)
    {
        try
        {
            RemoveFolder(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A temporary folder that stays behind holds only the demo's own memories.
        }
    }
}
