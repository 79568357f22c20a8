using System;
using WhiteMagic.Cli.Defining;

namespace WhiteMagic.Cli.Demo;

/// <summary>Shows a conversation while it takes place: shortened for people, or each message in full as JSON.</summary>
internal sealed class Transcript(Invocation call)
{
    private const int ShownChars = 118;

    private readonly bool _colours = call.Around.OutHasColours;

    internal int MessageCount { get; private set; }

    /// <summary>Says what comes next.</summary>
    internal void Say(string text)
    {
        if (!call.Json)
        {
            call.Around.Out.WriteLine();
            call.Around.Out.WriteLine(Paint.Bold(_colours, text));
            call.Around.Out.Flush();
        }
    }

    internal void Sent(string line) => Write("client", Paint.Green(_colours, "-> "), line);

    internal void Received(string line) => Write("server", Paint.Yellow(_colours, "<- "), line);

    private void Write(string from, string mark, string line)
    {
        MessageCount++;
        if (call.Json)
        {
            // A message is JSON on one line already.
            call.Around.Out.WriteLine("{\"from\":\"" + from + "\",\"message\":" + line + "}");
        }
        else
        {
            call.Around.Out.WriteLine(mark + Printable.Cut(Printable.Line(Essence(line)), ShownChars));
        }

        call.Around.Out.Flush();
    }

    // The envelope is the same in every message, and a tool's answer stands in it twice: as an object and as text.
    private static string Essence(string line)
    {
        int answer = line.IndexOf("\"structuredContent\":", StringComparison.Ordinal);
        if (answer >= 0)
        {
            return line[(answer + "\"structuredContent\":".Length)..^2];
        }

        int method = line.IndexOf("\"method\":", StringComparison.Ordinal);
        int result = line.IndexOf("\"result\":", StringComparison.Ordinal);
        int call = line.IndexOf("\"params\":{\"name\":", StringComparison.Ordinal);
        return call >= 0 ? "tools/call " + line[(call + "\"params\":{\"name\":".Length)..^2]
            : method >= 0 ? line[(method + "\"method\":".Length)..^1]
            : result >= 0 ? line[(result + "\"result\":".Length)..^1]
            : line;
    }
}
