using System;
using System.Collections.Generic;
using System.Text;
using WhiteMagic.Sqlite.Engine;
using WhiteMagic.Sqlite.Search;

namespace WhiteMagic.Sqlite;

/// <summary>The numbered scripts that make a schema, 1 first. An applied script never changes; a new one follows it.</summary>
internal sealed class Migrations(IReadOnlyList<Migrations.Script> scripts)
{
    /// <summary>The scripts compiled into the program, from the folder Schema.</summary>
    internal static Migrations Built { get; } = new(
    [
        new("memories, full text and ledger", Encoding.UTF8.GetString(SchemaScripts.S001)),
        new("coordinates and signatures", Encoding.UTF8.GetString(SchemaScripts.S002), (connection, report) => Places.Fill(connection, report)),
        new("tree over the ledger", Encoding.UTF8.GetString(SchemaScripts.S003), (connection, _) => KarmaTable.FillTree(connection)),
        new("own postings for search", Encoding.UTF8.GetString(SchemaScripts.S004), (connection, report) => new SearchWriter().Rebuild(connection, report)),
    ]);

    /// <summary>The schema version that this program writes.</summary>
    internal int Newest => scripts.Count;

    /// <summary>The version of a database; 0 when it has no schema yet.</summary>
    internal static long VersionOf(Connection connection) =>
        connection.ScalarInt64("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'") == 0
            ? 0
            : connection.ScalarInt64("SELECT max(version) FROM schema_version");

    /// <summary>Applies what is missing. The caller holds the transaction.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="nowMs">The time that the schema notes.</param>
    /// <param name="report">Receives a sentence now and then; null when nobody listens.</param>
    internal void Apply(Connection connection, long nowMs, Action<string>? report = null)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version(version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL, description TEXT NOT NULL) STRICT");
        for (long version = VersionOf(connection) + 1; version <= Newest; version++)
        {
            Script script = scripts[(int)version - 1];
            connection.Execute(script.Sql);
            script.Fill?.Invoke(connection, report);
            connection.Prepare("INSERT INTO schema_version(version, applied_at, description) VALUES(?1, ?2, ?3)")
                .Bind(1, version).Bind(2, nowMs).Bind(3, script.Description).Run();
        }
    }

    /// <summary>Applies the next scripts on top of these.</summary>
    internal Migrations With(string description, string sql) => new([.. scripts, new Script(description, sql)]);

    /// <summary>The first so many of these.</summary>
    internal Migrations First(int count)
    {
        var first = new List<Script>(count);
        for (int i = 0; i < count; i++)
        {
            first.Add(scripts[i]);
        }

        return new Migrations(first);
    }

    /// <summary>One step: statements, and what the program adds that SQL cannot compute.</summary>
    internal sealed class Script(string description, string sql, Action<Connection, Action<string>?>? fill = null)
    {
        internal string Description { get; } = description;

        internal string Sql { get; } = sql;

        internal Action<Connection, Action<string>?>? Fill { get; } = fill;
    }
}
