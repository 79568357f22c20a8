using System;
using System.Collections.Generic;

namespace WhiteMagic.Cli.Defining;

/// <summary>A verb: name, help, operands, options and handler in one row, from which reading, help and completion all follow.</summary>
internal sealed class Verb
{
    private Verb()
    {
    }

    /// <summary>One word, or two for a verb of a group such as <c>galaxy list</c>.</summary>
    internal required string Name { get; init; }

    /// <summary>What it does, in one line.</summary>
    internal required string Summary { get; init; }

    internal required IReadOnlyList<Operand> Operands { get; init; }

    internal required IReadOnlyList<Option> Options { get; init; }

    /// <summary>Carries it out and returns the exit code.</summary>
    internal required Func<Invocation, int> Handler { get; init; }

    /// <summary>What else a reader of its help should know; empty when the rest says it all.</summary>
    internal required string Details { get; init; }

    /// <summary>Command lines that work as they stand.</summary>
    internal required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Declares a verb.</summary>
    internal static Verb Define(string name, string summary, Operand[] operands, Option[] options, Func<Invocation, int> handler, string details = "", params string[] examples) =>
        new()
        {
            Name = name,
            Summary = summary,
            Operands = operands,
            Options = options,
            Handler = handler,
            Details = details,
            Examples = examples,
        };

    /// <summary>The group of a two-word name; empty when it has one word.</summary>
    internal string Group => Name.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 ? Name[..blank] : "";
}
