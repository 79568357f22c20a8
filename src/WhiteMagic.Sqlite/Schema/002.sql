-- 002: where each living memory stands in five dimensions, and the signature of its text; tombstones have neither.
-- Apart from the memory, so that a list does not read it and an index is built without reading texts. The program fills it, for it follows from the text.
CREATE TABLE memory_places(
  number INTEGER PRIMARY KEY,      -- of the memory; no reference, which would look for the memory at every insertion
  x REAL NOT NULL,
  y REAL NOT NULL,
  w REAL NOT NULL,
  importance REAL NOT NULL,        -- this and event_time as in memories, for the coordinates that change with time
  event_time INTEGER NOT NULL,
  signature BLOB NOT NULL CHECK(length(signature) = 128)
) STRICT;
CREATE TRIGGER memories_erased AFTER DELETE ON memories BEGIN DELETE FROM memory_places WHERE number = old.number; END;
CREATE TRIGGER memories_buried AFTER UPDATE OF deleted_at ON memories WHEN new.deleted_at IS NOT NULL BEGIN
  DELETE FROM memory_places WHERE number = new.number;
END;
