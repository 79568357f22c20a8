using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli;

/// <summary>Carries out one command line.</summary>
internal static class CommandLine
{
    // EPIPE, the same on Linux and macOS.
    private const int BrokenPipe = 32;

    /// <summary>Reads the words, runs the verb, tells what went wrong; returns the exit code.</summary>
    internal static int Run(IReadOnlyList<string> args, Surroundings around)
    {
        bool json = false;
        foreach (string arg in args)
        {
            json |= arg == GlobalOptions.Json.Name;
        }

        try
        {
            int code = CarryOut(args, around, json);
            around.Out.Flush();
            return code;
        }
        catch (IOException e)
        {
            return OutputFailed(around, e);
        }
    }

    private static int CarryOut(IReadOnlyList<string> args, Surroundings around, bool json)
    {
        try
        {
            if (!around.ArgumentsAreUtf8)
            {
                throw new UsageException("the command line is not UTF-8; a text in another encoding would be stored damaged", "wm help");
            }

            Invocation call = new CommandLineReader(around).Read(args);
            return call.Verb.Handler(call);
        }
        catch (UsageException e)
        {
            return Verdict.Usage(around, json, e);
        }
        catch (FailureException e)
        {
            return Verdict.Failure(around, json, e);
        }
        catch (UnauthorizedAccessException e)
        {
            return Verdict.Failure(around, json, Memory.Exchange.ExchangePath.Failure("using", "a file of this command", e));
        }
#pragma warning disable CA1031 // Whatever a defect throws, the shell gets a code and the user a sentence.
        catch (Exception e) when (e is not IOException)
#pragma warning restore CA1031
        {
            Defects.Report(around.Error, e);
            return Verdict.Failure(around, json, new FailureException(ErrorCode.InternalError, "wm failed; this is a defect of wm, not of the command"));
        }
    }

    // A reader that has seen enough, such as head, goes away; that needs no words.
    private static int OutputFailed(Surroundings around, IOException e)
    {
        if (e.HResult != BrokenPipe)
        {
            try
            {
                Verdict.Failure(around, json: false, Memory.Exchange.ExchangePath.Failure("writing", "the output", e));
            }
            catch (IOException)
            {
                // The diagnostics cannot be written either; the exit code still says it.
            }
        }

        return ExitCode.Failed;
    }
}
