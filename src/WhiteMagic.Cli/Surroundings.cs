using System;
using System.IO;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Cli;

/// <summary>Everything that a verb meets outside itself, so that a test can be the outside.</summary>
internal sealed class Surroundings
{
    /// <summary>Where results go.</summary>
    internal required TextWriter Out { get; init; }

    /// <summary>Where diagnostics go.</summary>
    internal required TextWriter Error { get; init; }

    /// <summary>Opens standard input as bytes.</summary>
    internal required Func<Stream> OpenInput { get; init; }

    /// <summary>Opens standard input and output for the protocol.</summary>
    internal required Func<IChannel> OpenChannel { get; init; }

    /// <summary>The value of an environment variable; null when it is not set.</summary>
    internal required Func<string, string?> Variable { get; init; }

    /// <summary>The current folder, absolute. It is given as empty when it is gone.</summary>
    /// <exception cref="FailureException">It is gone.</exception>
    internal required string Folder
    {
        get => field.Length > 0
            ? field
            : throw new FailureException(ErrorCode.NotFound, "the current folder is gone: somebody deleted or moved it", "go into another folder (cd), or give absolute paths and --state-root");
        init;
    }

    /// <summary>Whether the words of the command line were UTF-8; other bytes have been replaced, and are lost.</summary>
    internal bool ArgumentsAreUtf8 { get; init; } = true;

    internal bool InputIsTerminal { get; init; }

    internal bool OutIsTerminal { get; init; }

    internal bool ErrorIsTerminal { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Unpredictable bytes.</summary>
    internal required RandomFill Random { get; init; }

    /// <summary>The absolute path of this executable.</summary>
    internal required string ProgramPath { get; init; }

    /// <summary>Has the action called when the process is asked to end; what is under way must then end in good order.</summary>
    internal Action<Action> OnEnd { get; init; } = stop => EndSignals.Watch(stop, EndSignals.LongWorkMs, ExitCode.Failed);

    /// <summary>Reads databases of other programs.</summary>
    internal required IForeignDatabase ForeignDatabases { get; init; }

    /// <summary>Whether results may be coloured.</summary>
    internal bool OutHasColours => OutIsTerminal && HasColours;

    /// <summary>Whether diagnostics may be coloured.</summary>
    internal bool ErrorHasColours => ErrorIsTerminal && HasColours;

    // https://no-color.org: any value but an empty one switches colours off.
    private bool HasColours => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>A path as the user means it: relative to the current folder.</summary>
    internal string FullPath(string path) => Path.IsPathFullyQualified(path) ? Path.GetFullPath(path) : Path.GetFullPath(path, Folder);
}
