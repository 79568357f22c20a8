using WhiteMagic.Cli.Defining;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Verbs;

/// <summary>Options that several verbs share.</summary>
internal static class MemoryOptions
{
    internal static readonly Option Title = Option.Text("--title", "TEXT", "a short title", "title");
    internal static readonly Option Tags = Option.Texts("--tags", "A,B", "tags, separated by commas", "tags");
    internal static readonly Option Type = Option.Text("--type", "TYPE", "what kind of memory", "memory_type", false, MemoryTypes.Names.ToArray());
    internal static readonly Option Importance = Option.Fraction("--importance", "how much it matters; 0.5 when not given", "importance");
    internal static readonly Option At = Option.Time("--at", "when it happened, RFC 3339 such as 2026-03-02 or 2026-03-02T14:00:00Z", "event_time");
    internal static readonly Option Session = Option.Text("--session", "ID", "the session it belongs to", "session_id");
    internal static readonly Option Speaker = Option.Text("--speaker", "NAME", "who said it", "speaker");
    internal static readonly Option Source = Option.Text("--source", "TEXT", "where it comes from", "source");
    internal static readonly Option Supersedes = Option.Texts("--supersedes", "ID,ID", "memories that this one replaces", "supersedes", Allowed.Ids);
    internal static readonly Option Metadata = Option.Object("--metadata", "further data, an object", "metadata");

    /// <summary>Which memories a verb looks at.</summary>
    internal static readonly Option[] Filters =
    [
        Option.Texts("--tags", "A,B", "only with all of these tags", "tags"),
        Option.Text("--type", "TYPE", "only of this kind", "memory_type", false, MemoryTypes.Names.ToArray()),
        Option.Filled("--session", "ID", "only of this session", "session_id"),
        Option.Filled("--speaker", "NAME", "only by this speaker", "speaker"),
        Option.Time("--since", "only what happened then or later, RFC 3339 such as 2026-03-02", "since"),
        Option.Time("--until", "only what happened before", "until"),
    ];

    internal static readonly Option Deleted = Option.Flag("--deleted", "deleted memories too", "include_deleted");

    internal static readonly Operand Id = new("ID", "the id of the memory, as list and recall show it") { Refusal = Allowed.Id };
}
