-- 003: the tree over the ledger's entries (RFC 9162), and which ledger it is. The program fills the head and the subtrees of entries that are there.
CREATE TABLE karma_head(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  size INTEGER NOT NULL,           -- how many entries there are
  hash BLOB NOT NULL,              -- of the last one; 32 zero bytes when there is none
  peaks BLOB NOT NULL              -- roots of the complete subtrees, one for each bit of size, the largest first
) STRICT;
INSERT INTO karma_head(id, size, hash, peaks) VALUES(1, 0, zeroblob(32), x'');
-- The roots of complete subtrees of 2^height entries, for heights that are multiples of 8: a proof reads these instead of all entries.
CREATE TABLE karma_tiles(height INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(height, number)) STRICT, WITHOUT ROWID;
INSERT INTO galaxy(key, value) VALUES('ledger_id', lower(hex(randomblob(16))));
