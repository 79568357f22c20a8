using System;
using System.Collections.Generic;
using WhiteMagic.Cli.Verbs;

namespace WhiteMagic.Cli.Defining;

/// <summary>The registration of the verbs, in the order in which help lists them.</summary>
internal static class AllVerbs
{
    internal static readonly IReadOnlyList<Verb> Rows =
    [
        InitVerb.Row, ServeVerb.Row, DemoVerb.Row,
        RememberVerb.Row, RecallVerb.Row, ShowVerb.Row, ListVerb.Row, EditVerb.Row, ForgetVerb.Row,
        ImportVerb.Row, ExportVerb.Row, CallVerb.Row,
        GalaxyVerbs.List, GalaxyVerbs.Create, GalaxyVerbs.Switch,
        DharmaVerbs.Rules, DharmaVerbs.Check, DharmaVerbs.Test, DharmaVerbs.Profile,
        GovernanceVerbs.List, GovernanceVerbs.Load, GovernanceVerbs.Unload, GovernanceVerbs.Test, GovernanceVerbs.Bench,
        KarmaVerbs.Verify, KarmaProofs.Checkpoint, KarmaProofs.Prove, KarmaVerbs.Report,
        StatusVerb.Row, DoctorVerb.Row, VersionVerb.Row, HelpVerb.Row, CompletionVerb.Row,
    ];

    private static readonly Dictionary<string, Verb> _byName = Index();

    /// <summary>The words that a command line can begin with.</summary>
    internal static IReadOnlyList<string> FirstWords
    {
        get
        {
            var words = new List<string>();
            foreach (Verb verb in Rows)
            {
                string word = verb.Group.Length > 0 ? verb.Group : verb.Name;
                if (!words.Contains(word))
                {
                    words.Add(word);
                }
            }

            return words;
        }
    }

    /// <summary>The verb of this name; null when there is none.</summary>
    internal static Verb? Find(string name) => _byName.TryGetValue(name, out Verb? verb) ? verb : null;

    /// <summary>The second words of a group; empty when there is no such group.</summary>
    internal static IReadOnlyList<string> Of(string group)
    {
        var words = new List<string>();
        foreach (Verb verb in Rows)
        {
            if (verb.Group == group && group.Length > 0)
            {
                words.Add(verb.Name[(group.Length + 1)..]);
            }
        }

        return words;
    }

    private static Dictionary<string, Verb> Index()
    {
        var index = new Dictionary<string, Verb>(StringComparer.Ordinal);
        foreach (Verb verb in Rows)
        {
            index.Add(verb.Name, verb);
        }

        return index;
    }
}
