using System.Collections.Generic;
using System.IO;
using System.Text;

namespace WhiteMagic.Cli.Defining;

/// <summary>Help, made from the rows of the verbs.</summary>
internal static class HelpText
{
    // Names of options and verbs stand in a column of this width.
    private const int ColumnChars = 26;
    private const int VerbChars = 16;

    /// <summary>What <c>wm help</c> says.</summary>
    internal static void WriteAll(TextWriter page, bool colours)
    {
        page.WriteLine(Paint.Bold(colours, "wm " + BuildFacts.Version) + " - WhiteMagic: durable memory for AI agents, over MCP and from the shell");
        page.WriteLine();
        page.WriteLine("usage: wm VERB [words] [options]");
        page.WriteLine();
        foreach (Verb verb in AllVerbs.Rows)
        {
            WriteRow(page, verb.Name, verb.Summary, VerbChars);
        }

        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "Options of every verb"));
        WriteOptions(page, GlobalOptions.All);
        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "First steps"));
        page.WriteLine("  wm init                        make .whitemagic here and print what your MCP client needs");
        page.WriteLine("  wm remember \"Ada prefers tea\"  store a first memory");
        page.WriteLine("  wm recall tea                  find it again");
        page.WriteLine("  wm demo                        watch an agent's conversation with the server");
        page.WriteLine();
        page.WriteLine(Paint.Bold(colours, "Where memories are kept"));
        page.WriteLine("  The state root is the folder of --state-root, else of WM_STATE_ROOT, else the nearest .whitemagic from the");
        page.WriteLine("  current folder upwards, else the .whitemagic of the only direct subfolder that has one, else ~/.whitemagic.");
        page.WriteLine("  The galaxy is the one of --galaxy, else of WM_GALAXY, else the one that `wm galaxy switch` chose, else default.");
        page.WriteLine();
        page.WriteLine("Exit codes: 0 success, 1 what was asked failed, 2 wrong usage. NO_COLOR switches colours off.");
        page.WriteLine("wm help VERB explains a verb.");
    }

    /// <summary>What <c>wm help VERB</c> says.</summary>
    internal static void WriteVerb(TextWriter page, Verb verb, bool colours)
    {
        page.WriteLine(Paint.Bold(colours, "wm " + verb.Name) + " - " + verb.Summary);
        page.WriteLine();
        page.WriteLine("usage: " + UsageOf(verb));
        if (verb.Operands.Count > 0)
        {
            page.WriteLine();
            foreach (Operand operand in verb.Operands)
            {
                WriteRow(page, operand.Name, operand.Help + ChoicesOf(operand.Choices), ColumnChars);
            }
        }

        if (verb.Options.Count > 0)
        {
            page.WriteLine();
            WriteOptions(page, verb.Options);
        }

        if (verb.Details.Length > 0)
        {
            page.WriteLine();
            page.WriteLine(verb.Details);
        }

        if (verb.Examples.Count > 0)
        {
            page.WriteLine();
            page.WriteLine(Paint.Bold(colours, verb.Examples.Count == 1 ? "Example" : "Examples"));
            foreach (string example in verb.Examples)
            {
                page.WriteLine("  " + example);
            }
        }

        page.WriteLine();
        page.WriteLine("Every verb also takes --state-root DIR, --galaxy NAME, --json and --help; wm help explains them.");
    }

    /// <summary>What <c>wm help</c> says of a group of verbs.</summary>
    internal static void WriteGroup(TextWriter page, string group, bool colours)
    {
        bool first = true;
        foreach (string word in AllVerbs.Of(group))
        {
            if (!first)
            {
                page.WriteLine();
            }

            WriteVerb(page, AllVerbs.Find(group + " " + word)!, colours);
            first = false;
        }
    }

    /// <summary>The line that shows how a verb is written.</summary>
    internal static string UsageOf(Verb verb)
    {
        var usage = new StringBuilder("wm ").Append(verb.Name);
        foreach (Operand operand in verb.Operands)
        {
            usage.Append(operand.IsRequired ? " " : " [").Append(operand.Name).Append(operand.TakesRest ? "..." : "").Append(operand.IsRequired ? "" : "]");
        }

        return usage.Append(verb.Options.Count > 0 ? " [options]" : "").ToString();
    }

    private static void WriteOptions(TextWriter page, IReadOnlyList<Option> options)
    {
        foreach (Option option in options)
        {
            WriteRow(page, option.ValueName.Length == 0 ? option.Name : option.Name + " " + option.ValueName, option.Help + ChoicesOf(option.Choices), ColumnChars);
        }
    }

    private static string ChoicesOf(IReadOnlyList<string> choices) => choices.Count == 0 ? "" : ": " + string.Join(", ", choices);

    private static void WriteRow(TextWriter page, string name, string help, int width)
    {
        page.Write("  ");
        page.Write(name.PadRight(width));
        page.Write(' ');
        page.WriteLine(help);
    }
}
