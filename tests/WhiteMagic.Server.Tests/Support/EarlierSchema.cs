using System;
using System.Text;
using WhiteMagic.Sqlite;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Support;

/// <summary>Makes a database what a program of an earlier schema left.</summary>
internal static class EarlierSchema
{
    /// <summary>Full text by FTS5, as script 001 made it.</summary>
    internal static void GoBackTo3(Connection raw)
    {
        string first = Encoding.UTF8.GetString(SchemaScripts.S001);
        int start = first.IndexOf("-- What search sees", StringComparison.Ordinal);
        raw.Execute("DROP TABLE search_documents; DROP TABLE search_postings; DROP TABLE search_segments; DROP TABLE search_recent; DROP TABLE search_state; "
            + "DROP TABLE search_speakers; DROP TRIGGER memories_tagged; DROP TRIGGER memories_untagged; DROP TRIGGER memories_retagged; "
            + first[start..first.IndexOf("-- The ledger;", StringComparison.Ordinal)]
            + "INSERT INTO memories_fts(memories_fts) VALUES('rebuild'); DELETE FROM schema_version WHERE version >= 4");
    }
}
