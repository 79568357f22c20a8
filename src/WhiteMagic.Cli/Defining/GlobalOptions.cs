using System.Collections.Generic;

namespace WhiteMagic.Cli.Defining;

/// <summary>The options that every verb has, before or after its name.</summary>
internal static class GlobalOptions
{
    internal static readonly Option StateRoot = Option.Filled("--state-root", "DIR", "the folder that holds everything (see below how it is found otherwise)", null, isPath: true);
    internal static readonly Option Galaxy = Option.Filled("--galaxy", "NAME", "the galaxy to work on, instead of the active one", null, Allowed.Galaxy);
    internal static readonly Option Json = Option.Flag("--json", "results as one line of JSON on stdout");
    internal static readonly Option Help = Option.Flag("--help", "explain the verb; -h is the same");

    internal static readonly IReadOnlyList<Option> All = [StateRoot, Galaxy, Json, Help];
}
