using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Keeps what a purge took away from staying in the structure of the search index.</summary>
internal static class SearchIndex
{
    // FTS5 removes a word from its page, but what separates that page from the one before is a beginning of a word and stays. Shorter ones
    // than 8 bytes tell nothing, and longer ones are rare; only when no living word begins like one is the index made again.
    private const string HasLeftover =
        "SELECT EXISTS(SELECT 1 FROM memories_fts_idx i WHERE length(i.term) > 8 AND substr(i.term, 2) <> ifnull("
        + "(SELECT substr(CAST(w.term AS BLOB), 1, length(i.term) - 1) FROM temp.memories_words w WHERE w.term >= CAST(substr(i.term, 2) AS TEXT) LIMIT 1), x''))";

    /// <summary>Makes the index again when beginnings of erased words are left in it. The caller holds the transaction.</summary>
    internal static void EraseLeftovers(Connection connection)
    {
        connection.Execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.memories_words USING fts5vocab(main, memories_fts, row)");

        // Asking for a word writes what the index holds in memory.
        _ = connection.ScalarText("SELECT term FROM temp.memories_words LIMIT 1");
        if (connection.ScalarInt64(HasLeftover) != 0)
        {
            Rebuild(connection);
        }
    }

    /// <summary>Makes the index again from the memories. The caller holds the transaction.</summary>
    internal static void Rebuild(Connection connection) => connection.Execute("INSERT INTO memories_fts(memories_fts) VALUES('rebuild')");
}
