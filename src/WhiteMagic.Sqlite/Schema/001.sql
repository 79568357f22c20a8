-- 001: memories, their full text, the ledger. Times are milliseconds since 1970-01-01 UTC; ids are 16 bytes in RFC 9562 order.

-- What this galaxy is: name, description, created_at.
CREATE TABLE galaxy(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE memories(
  number INTEGER PRIMARY KEY,
  memory_id BLOB NOT NULL UNIQUE CHECK(length(memory_id) = 16),
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  tags TEXT NOT NULL,              -- a JSON array: lower case, sorted, unique
  memory_type INTEGER NOT NULL,
  importance REAL NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  event_time INTEGER NOT NULL,
  session_id TEXT,
  speaker TEXT,
  source TEXT,
  metadata TEXT,                   -- a JSON object, or null
  version INTEGER NOT NULL,
  content_hash BLOB NOT NULL CHECK(length(content_hash) = 32),
  repetition INTEGER NOT NULL,     -- 0, or more when an update or a restore made a second copy of a text
  salt BLOB NOT NULL CHECK(length(salt) = 16),
  deleted_at INTEGER,
  superseded_by BLOB REFERENCES memories(memory_id) ON DELETE SET NULL
) STRICT;

CREATE INDEX memories_by_time ON memories(created_at, number);
CREATE INDEX memories_by_session ON memories(session_id, created_at) WHERE session_id IS NOT NULL;
CREATE INDEX memories_superseded ON memories(superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX memories_deleted ON memories(deleted_at) WHERE deleted_at IS NOT NULL;
-- The same text, speaker and session is held once among the living.
CREATE UNIQUE INDEX memories_repetition ON memories(content_hash, ifnull(speaker, ''), ifnull(session_id, ''), repetition) WHERE deleted_at IS NULL;

-- Apart from the memory, so that reading a long text does not write it again.
CREATE TABLE memory_access(
  number INTEGER PRIMARY KEY REFERENCES memories(number) ON DELETE CASCADE,
  access_count INTEGER NOT NULL,
  last_accessed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE memory_tags(tag TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(tag, number)) STRICT, WITHOUT ROWID;

-- What search sees: tombstones are not in the index.
CREATE VIEW searchable AS SELECT number, title, content, tags, speaker FROM memories WHERE deleted_at IS NULL;
CREATE VIRTUAL TABLE memories_fts USING fts5(title, content, tags, speaker,
  content = 'searchable', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO memories_fts(memories_fts, rank) VALUES('secure-delete', 1);

CREATE TRIGGER memories_inserted AFTER INSERT ON memories BEGIN
  INSERT INTO memories_fts(rowid, title, content, tags, speaker)
    SELECT new.number, new.title, new.content, new.tags, new.speaker WHERE new.deleted_at IS NULL;
  INSERT INTO memory_tags(tag, number) SELECT value, new.number FROM json_each(new.tags);
END;
CREATE TRIGGER memories_removed AFTER DELETE ON memories BEGIN
  INSERT INTO memories_fts(memories_fts, rowid, title, content, tags, speaker)
    SELECT 'delete', old.number, old.title, old.content, old.tags, old.speaker WHERE old.deleted_at IS NULL;
  DELETE FROM memory_tags WHERE number = old.number AND tag IN (SELECT value FROM json_each(old.tags));
END;
CREATE TRIGGER memories_changed AFTER UPDATE OF title, content, tags, speaker, deleted_at ON memories BEGIN
  INSERT INTO memories_fts(memories_fts, rowid, title, content, tags, speaker)
    SELECT 'delete', old.number, old.title, old.content, old.tags, old.speaker WHERE old.deleted_at IS NULL;
  INSERT INTO memories_fts(rowid, title, content, tags, speaker)
    SELECT new.number, new.title, new.content, new.tags, new.speaker WHERE new.deleted_at IS NULL;
END;
CREATE TRIGGER memories_retagged AFTER UPDATE OF tags ON memories WHEN old.tags <> new.tags BEGIN
  DELETE FROM memory_tags WHERE number = old.number AND tag IN (SELECT value FROM json_each(old.tags));
  INSERT INTO memory_tags(tag, number) SELECT value, new.number FROM json_each(new.tags);
END;

-- The ledger; docs/karma.md describes the bytes that hash covers.
CREATE TABLE karma_entries(
  sequence INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  tool TEXT NOT NULL,
  agent TEXT NOT NULL,
  session TEXT NOT NULL,
  effect INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  rules TEXT NOT NULL,
  score REAL NOT NULL,
  arguments_hash BLOB NOT NULL,
  memory_ids BLOB NOT NULL,
  duration_us INTEGER NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
-- The first is for INSERT OR REPLACE, which deletes without asking a trigger.
CREATE TRIGGER karma_entries_once BEFORE INSERT ON karma_entries WHEN EXISTS(SELECT 1 FROM karma_entries WHERE sequence = new.sequence)
  BEGIN SELECT RAISE(ABORT, 'karma_entries is append-only'); END;
CREATE TRIGGER karma_entries_keep BEFORE UPDATE ON karma_entries BEGIN SELECT RAISE(ABORT, 'karma_entries is append-only'); END;
CREATE TRIGGER karma_entries_stay BEFORE DELETE ON karma_entries BEGIN SELECT RAISE(ABORT, 'karma_entries is append-only'); END;
