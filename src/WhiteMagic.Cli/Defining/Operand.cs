using System;
using System.Collections.Generic;

namespace WhiteMagic.Cli.Defining;

/// <summary>One word of a command line that is no option.</summary>
internal sealed class Operand(string name, string help)
{
    /// <summary>What help calls it, in capitals.</summary>
    internal string Name { get; } = name;

    internal string Help { get; } = help;

    internal bool IsRequired { get; init; } = true;

    /// <summary>Whether all further words belong to it, joined by blanks.</summary>
    internal bool TakesRest { get; init; }

    /// <summary>The only values allowed; empty admits any.</summary>
    internal IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Says what is allowed when a word is not; null when it is. Null admits any.</summary>
    internal Func<string, string?>? Refusal { get; init; }

    /// <summary>Whether it is a file or folder, for completion.</summary>
    internal bool IsPath { get; init; }
}
