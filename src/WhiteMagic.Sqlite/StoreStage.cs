namespace WhiteMagic.Sqlite;

/// <summary>The stages of a write, for tests that end the process in each of them.</summary>
public static class StoreStage
{
    public const string Begun = "begun";
    public const string PendingWritten = "pending_written";
    public const string Changed = "changed";
    public const string IndexTorn = "index_torn";
    public const string IndexFolding = "index_folding";
    public const string EntryWritten = "entry_written";
    public const string HeadWritten = "head_written";
    public const string Committing = "committing";
    public const string Committed = "committed";
    public const string MirrorTorn = "mirror_torn";
    public const string MirrorWritten = "mirror_written";

    /// <summary>All of them, in the order in which a write reaches them.</summary>
    public static readonly string[] All = [Begun, PendingWritten, Changed, IndexTorn, IndexFolding, EntryWritten, HeadWritten, Committing, Committed, MirrorTorn, MirrorWritten];
}
