using System;

namespace WhiteMagic.Cli;

/// <summary>The command line is not one that is understood; the message names what is wrong and what is allowed.</summary>
internal sealed class UsageException(string message, string help) : Exception(message)
{
    /// <summary>The command that explains it, such as <c>wm help recall</c>.</summary>
    internal string Help { get; } = help;
}
