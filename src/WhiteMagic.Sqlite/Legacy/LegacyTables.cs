using System;
using System.Collections.Generic;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite.Legacy;

/// <summary>Which tables and columns of an earlier WhiteMagic a database has, and the queries that read them.</summary>
internal sealed class LegacyTables
{
    // Read as they are; every other column comes as JSON text, see JsonOf.
    private static readonly string[] _asText =
        ["id", "title", "content", "tags", "created_at", "updated_at", "event_time", "memory_type", "metadata", "accessed_at", "ingestion_time"];

    private LegacyTables(IReadOnlyList<string> columns, bool hasTags, IReadOnlyList<string> associations)
    {
        Columns = columns;
        IsPython = Has("memory_type");
        Query = "SELECT " + Selected(columns) + " FROM main.memories";
        TagsQuery = hasTags ? "SELECT tag FROM main.tags WHERE memory_id = ?1 ORDER BY tag" : null;
        AssociationColumns = associations;
        AssociationsQuery = associations.Count > 0 ? "SELECT " + Selected(associations) + " FROM main.associations WHERE source_id = ?1 ORDER BY strength DESC, target_id" : null;
    }

    /// <summary>Columns of memories, in the order of <see cref="Query"/>.</summary>
    internal IReadOnlyList<string> Columns { get; }

    /// <summary>Whether the Python program wrote it, perhaps over a database that Lite had made.</summary>
    internal bool IsPython { get; }

    /// <summary>All rows of memories.</summary>
    internal string Query { get; }

    /// <summary>The tags of one memory; null when there is no such table.</summary>
    internal string? TagsQuery { get; }

    /// <summary>The associations that begin at one memory, strongest first; null when there is no such table.</summary>
    internal string? AssociationsQuery { get; }

    /// <summary>Columns of associations, in the order of <see cref="AssociationsQuery"/>.</summary>
    internal IReadOnlyList<string> AssociationColumns { get; }

    /// <summary>Whether a column comes as its own text and not as JSON.</summary>
    internal static bool IsText(string column) => Array.IndexOf(_asText, column) >= 0;

    /// <summary>Finds out what the database holds.</summary>
    /// <exception cref="FailureException">Nothing that is known.</exception>
    internal static LegacyTables Of(Connection connection, string path)
    {
        if (connection.ScalarInt64("PRAGMA application_id") == GalaxyDatabase.ApplicationId)
        {
            throw FailureException.Invalid($"{path} is a database of this WhiteMagic, not of an earlier one", "wm export writes a file that can be imported");
        }

        List<string> memories = ColumnsOf(connection, "memories");
        List<string> tags = ColumnsOf(connection, "tags");
        List<string> associations = ColumnsOf(connection, "associations");
        bool isKnown = memories.Contains("id") && memories.Contains("content") && (memories.Contains("memory_type") || (memories.Contains("tags") && memories.Contains("title")));
        if (!isKnown)
        {
            throw FailureException.Invalid($"{path} is a SQLite database, but holds no memories of an earlier WhiteMagic (a table memories with id, content and tags or memory_type)");
        }

        if (!(associations.Contains("source_id") && associations.Contains("target_id") && associations.Contains("strength")))
        {
            associations.Clear();
        }

        return new LegacyTables(memories, tags.Contains("memory_id") && tags.Contains("tag"), associations);
    }

    private bool Has(string column)
    {
        foreach (string name in Columns)
        {
            if (name == column)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> ColumnsOf(Connection connection, string table)
    {
        var columns = new List<string>();
        Statement isTable = connection.Prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?1").Bind(1, table);
        bool exists = isTable.Step();
        isTable.Reset();
        if (exists)
        {
            Statement s = connection.Prepare("PRAGMA main.table_info(" + table + ")");
            while (s.Step())
            {
                columns.Add(s.Text(1));
            }
        }

        return columns;
    }

    private static string Selected(IReadOnlyList<string> columns)
    {
        var sql = new StringBuilder();
        foreach (string column in columns)
        {
            string quoted = "\"" + column.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            sql.Append(sql.Length > 0 ? ", " : "").Append(IsText(column) ? quoted : JsonOf(quoted));
        }

        return sql.ToString();
    }

    // JSON has no bytes: a blob becomes its hexadecimal digits.
    private static string JsonOf(string column) =>
        $"CASE typeof({column}) WHEN 'null' THEN NULL WHEN 'blob' THEN json_quote(hex({column})) ELSE json_quote({column}) END";
}
