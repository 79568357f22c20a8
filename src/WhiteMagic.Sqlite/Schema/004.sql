-- 004: our own postings in the place of FTS5. docs/storage.md describes the bytes. The program fills and keeps them, in the transaction of each change.
DROP TRIGGER memories_inserted;
DROP TRIGGER memories_removed;
DROP TRIGGER memories_changed;
DROP TABLE memories_fts;
DROP VIEW searchable;
CREATE TRIGGER memories_tagged AFTER INSERT ON memories BEGIN
  INSERT INTO memory_tags(tag, number) SELECT value, new.number FROM json_each(new.tags);
END;
CREATE TRIGGER memories_untagged AFTER DELETE ON memories BEGIN
  DELETE FROM memory_tags WHERE number = old.number AND tag IN (SELECT value FROM json_each(old.tags));
END;
-- What search knows of the memories besides their terms: 36 bytes for each, 100 to a page, so that all of it is read quickly.
CREATE TABLE search_documents(page INTEGER PRIMARY KEY, records BLOB NOT NULL) STRICT;
-- Postings: blocks of terms in rising order, one after another. The key is the segment and the first term of the block.
CREATE TABLE search_postings(key INTEGER PRIMARY KEY, block BLOB NOT NULL) STRICT;
CREATE TABLE search_segments(segment INTEGER PRIMARY KEY, documents INTEGER NOT NULL, postings INTEGER NOT NULL) STRICT;
-- Memories that no segment has yet, in the order of the changes; without terms: only what is known of the memory changed.
CREATE TABLE search_recent(
  entry INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  terms BLOB,
  total INTEGER NOT NULL           -- postings of this and the entries before
) STRICT;
-- The last entry that became part of a segment, and the last segment.
CREATE TABLE search_state(id INTEGER PRIMARY KEY CHECK(id = 1), entry INTEGER NOT NULL, segment INTEGER NOT NULL) STRICT;
INSERT INTO search_state(id, entry, segment) VALUES(1, 0, 0);
CREATE TABLE search_speakers(speaker INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
-- The neighbours of a memory in its session.
DROP INDEX memories_by_session;
CREATE INDEX memories_by_session ON memories(session_id, created_at, number) WHERE session_id IS NOT NULL AND deleted_at IS NULL;
