using System;
using System.Collections.Generic;
using System.IO;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli;

/// <summary>Carries out one command line.</summary>
internal static class CommandLine
{
    /// <summary>Reads the words, runs the verb, tells what went wrong; returns the exit code.</summary>
    internal static int Run(IReadOnlyList<string> args, Surroundings around)
    {
        bool json = false;
        foreach (string arg in args)
        {
            json |= arg == GlobalOptions.Json.Name;
        }

        int code;
        try
        {
            Invocation call = new CommandLineReader(around).Read(args);
            code = call.Verb.Handler(call);
        }
        catch (UsageException e)
        {
            code = Verdict.Usage(around, json, e);
        }
        catch (FailureException e)
        {
            code = Verdict.Failure(around, json, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            code = Verdict.Failure(around, json, Memory.Exchange.ExchangePath.Failure("using", "a file of this command", e));
        }
#pragma warning disable CA1031 // Whatever a defect throws, the shell gets a code and the user a sentence.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Defects.Report(around.Error, e);
            code = Verdict.Failure(around, json, new FailureException(ErrorCode.InternalError, "wm failed; this is a defect of wm, not of the command"));
        }

        around.Out.Flush();
        return code;
    }
}
