using System.IO;
using System.Text;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli;

/// <summary>How failures are told: to people on stderr, to programs as the failure's object on stdout.</summary>
internal static class Verdict
{
    /// <summary>Tells a failure and returns its exit code.</summary>
    internal static int Failure(Surroundings around, bool json, FailureException e)
    {
        if (json)
        {
            WriteObject(around.Out, "error", e.Code, e.Message, e.Hint, e.Retryable);
        }
        else
        {
            WriteText(around, ShellWords.Of(e.Message), ShellWords.Of(e.Hint));
        }

        return ExitCode.Failed;
    }

    /// <summary>Tells the failure that a tool answered with and returns its exit code.</summary>
    internal static int Failure(Invocation call, JsonElement failure)
    {
        if (!call.Json)
        {
            string message = failure.GetProperty("message"u8).GetString()!;
            string hint = failure.GetProperty("hint"u8).GetString()!;

            // Who calls a tool by its name gets its own words.
            bool isCall = call.Verb.Name == "call";
            WriteText(call.Around, isCall ? message : ShellWords.Of(message), isCall ? hint : ShellWords.Of(hint));
        }

        return ExitCode.Failed;
    }

    /// <summary>Tells what is wrong with a command line and returns its exit code.</summary>
    internal static int Usage(Surroundings around, bool json, UsageException e)
    {
        if (json)
        {
            WriteObject(around.Out, "error", ErrorCode.InvalidParams, e.Message, "see: " + e.Help, retryable: false);
        }

        WriteText(around, e.Message, "see: " + e.Help);
        return ExitCode.WrongUsage;
    }

    /// <summary>Writes an object as one line.</summary>
    internal static void WriteJson(TextWriter writer, ToolAnswer answer) => writer.WriteLine(Encoding.UTF8.GetString(answer.Written));

    private static void WriteText(Surroundings around, string message, string hint)
    {
        around.Error.WriteLine(Paint.Red(around.ErrorHasColours, "wm: ") + Printable.Line(message));
        if (hint.Length > 0)
        {
            around.Error.WriteLine("    " + Printable.Line(hint));
        }
    }

    private static void WriteObject(TextWriter writer, string status, string code, string message, string hint, bool retryable)
    {
        var answer = new ToolAnswer();
        answer.Json.WriteStartObject();
        answer.Json.WriteString("status", status);
        answer.Json.WriteString("error_code", code);
        answer.Json.WriteString("message", message);
        answer.Json.WriteString("hint", hint);
        answer.Json.WriteBoolean("retryable", retryable);
        answer.Json.WriteEndObject();
        WriteJson(writer, answer);
    }
}
