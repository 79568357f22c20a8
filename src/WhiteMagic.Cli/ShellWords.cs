using System;

namespace WhiteMagic.Cli;

/// <summary>Hints that speak to an MCP client, said again for a shell: verbs and options instead of tools and arguments.</summary>
internal static class ShellWords
{
    private static readonly (string Tool, string Shell)[] _words =
    [
        ("search_memories or list_memories give ids", "wm recall and wm list give ids"),
        ("another galaxy is chosen with the argument galaxy", "--galaxy NAME chooses another galaxy"),
        ("overwrite true", "--overwrite"),
        ("pass galaxy with each call", "pass --galaxy with each command"),
        ("list_memories", "wm list"),
        ("search_memories", "wm recall"),
        ("galaxy_list", "wm galaxy list"),
        ("galaxy_create", "wm galaxy create"),
        ("give format:", "give --format:"),
    ];

    internal static string Of(string hint)
    {
        foreach ((string tool, string shell) in _words)
        {
            hint = hint.Replace(tool, shell, StringComparison.Ordinal);
        }

        return hint;
    }
}
