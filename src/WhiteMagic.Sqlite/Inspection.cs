using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Looks into the stores of a state root without changing a memory.</summary>
public static class Inspection
{
    /// <summary>The version of SQLite that is linked in.</summary>
    public static string EngineVersion => Connection.LibraryVersion;
}
