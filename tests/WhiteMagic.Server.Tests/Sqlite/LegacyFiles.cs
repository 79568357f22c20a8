using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Server.Tests.Sqlite;

/// <summary>Files with the schemas of the earlier WhiteMagic, as its Lite and Python programs made them.</summary>
internal static class LegacyFiles
{
    private const string LiteSchema = """
        CREATE TABLE memories (id TEXT PRIMARY KEY, title TEXT NOT NULL, content TEXT NOT NULL, tags TEXT DEFAULT '', created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
          access_count INTEGER DEFAULT 0, importance REAL DEFAULT 0.5);
        CREATE VIRTUAL TABLE memories_fts USING fts5(title, content, tags, content='memories', content_rowid='rowid');
        CREATE TRIGGER memories_ai AFTER INSERT ON memories BEGIN
          INSERT INTO memories_fts(rowid, title, content, tags) VALUES (new.rowid, new.title, new.content, new.tags); END;
        CREATE TRIGGER memories_ad AFTER DELETE ON memories BEGIN
          INSERT INTO memories_fts(memories_fts, rowid, title, content, tags) VALUES ('delete', old.rowid, old.title, old.content, old.tags); END;
        CREATE TRIGGER memories_au AFTER UPDATE ON memories BEGIN
          INSERT INTO memories_fts(memories_fts, rowid, title, content, tags) VALUES ('delete', old.rowid, old.title, old.content, old.tags);
          INSERT INTO memories_fts(rowid, title, content, tags) VALUES (new.rowid, new.title, new.content, new.tags); END;
        """;

    private const string PythonSchema = """
        CREATE TABLE memories (id TEXT PRIMARY KEY, content TEXT, memory_type TEXT DEFAULT 'SHORT_TERM', created_at TEXT, updated_at TEXT, accessed_at TEXT,
          access_count INTEGER DEFAULT 0, emotional_valence REAL DEFAULT 0.0, importance REAL, neuro_score REAL DEFAULT 1.0, novelty_score REAL DEFAULT 1.0,
          recall_count INTEGER DEFAULT 0, half_life_days REAL DEFAULT 30.0, is_protected INTEGER DEFAULT 0, metadata TEXT DEFAULT '{}', title TEXT,
          galactic_distance REAL DEFAULT 0.0, retention_score REAL DEFAULT 0.5, last_retention_sweep TEXT, content_hash TEXT, event_time TEXT, ingestion_time TEXT,
          is_private INTEGER DEFAULT 0, model_exclude INTEGER DEFAULT 0);
        CREATE TABLE tags (memory_id TEXT, tag TEXT, PRIMARY KEY (memory_id, tag), FOREIGN KEY (memory_id) REFERENCES memories(id) ON DELETE CASCADE);
        CREATE TABLE associations (source_id TEXT, target_id TEXT, strength REAL, last_traversed_at TEXT, traversal_count INTEGER DEFAULT 0, created_at TEXT,
          direction TEXT DEFAULT 'undirected', relation_type TEXT DEFAULT 'associated_with', edge_type TEXT DEFAULT 'semantic', valid_from TEXT, valid_until TEXT,
          ingestion_time TEXT, PRIMARY KEY (source_id, target_id), FOREIGN KEY (source_id) REFERENCES memories(id) ON DELETE CASCADE,
          FOREIGN KEY (target_id) REFERENCES memories(id) ON DELETE CASCADE);
        CREATE VIRTUAL TABLE memories_fts USING fts5(id UNINDEXED, title, content, tags_text);
        CREATE TABLE holographic_coords (memory_id TEXT PRIMARY KEY, x REAL, y REAL, z REAL, w REAL, v REAL DEFAULT 0.5, FOREIGN KEY (memory_id) REFERENCES memories(id) ON DELETE CASCADE);
        CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT, description TEXT, checksum TEXT);
        CREATE INDEX idx_memories_importance ON memories(importance);
        CREATE INDEX idx_tags_tag ON tags(tag);
        """;

    public static void Lite(string path, string sql, bool log = true) => Make(path, LiteSchema, sql, log);

    public static void Python(string path, string sql, bool log = true) => Make(path, PythonSchema, sql, log);

    public static void Make(string path, string schema, string sql, bool log)
    {
        using Connection connection = Connection.Open(path, Connection.Mode.Create, 2000);
        connection.Execute(log ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
        connection.Execute(schema);
        connection.Execute(sql);
    }
}
