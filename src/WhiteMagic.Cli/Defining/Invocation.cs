using System.Collections.Generic;
using System.Text.Json;

namespace WhiteMagic.Cli.Defining;

/// <summary>One command line, read: the verb, the values of its options, its operands.</summary>
internal sealed class Invocation(Surroundings around, Verb verb, IReadOnlyList<GivenOption> given, IReadOnlyList<string> operands)
{
    internal Surroundings Around { get; } = around;

    internal Verb Verb { get; } = verb;

    internal IReadOnlyList<string> Operands { get; } = operands;

    /// <summary>Whether the answer is wanted as JSON.</summary>
    internal bool Json => Has(GlobalOptions.Json);

    /// <summary>The options as they were given.</summary>
    internal IReadOnlyList<GivenOption> Given { get; } = given;

    internal bool Has(Option option) => Get(option) is not null;

    /// <summary>The value of an option; null when it is not given.</summary>
    internal string? Get(Option option)
    {
        foreach (GivenOption one in Given)
        {
            if (ReferenceEquals(one.Option, option))
            {
                return one.Value;
            }
        }

        return null;
    }

    /// <summary>The operand at an index; null when it is not given. The last one has all further words when it takes the rest.</summary>
    internal string? Operand(int index)
    {
        if (index >= Operands.Count)
        {
            return null;
        }

        if (!Verb.Operands[index].TakesRest || Operands.Count == index + 1)
        {
            return Operands[index];
        }

        var words = new string[Operands.Count - index];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Operands[index + i];
        }

        return string.Join(' ', words);
    }

    /// <summary>Writes every given option that stands for an argument of a tool.</summary>
    internal void WriteArguments(Utf8JsonWriter json)
    {
        foreach (GivenOption one in Given)
        {
            if (one.Option.Argument is not null)
            {
                one.Option.Write(json, one.Value);
            }
        }
    }

    /// <summary>The failure of a command line that its verb cannot use.</summary>
    internal UsageException Wrong(string message) => new(message, "wm help " + Verb.Name);
}

/// <summary>An option with its value; the value of a flag is empty.</summary>
internal sealed class GivenOption(Option option, string value)
{
    internal Option Option { get; } = option;

    internal string Value { get; } = value;
}
