/* The C limit: plain SQLite that writes the same rows with the same indexes as wm, and answers the same full-text queries.
 *
 *   peer DATABASE SCHEMA.sql [PRAGMAS]     commands on stdin, one answer a line on stdout
 *   peer --answer                          answers every JSON-RPC request with an empty result: what starting any process costs
 *
 * Commands, fields parted by tabs (no field holds a tab or a line feed):
 *   load FILE                              rows of FILE, 1,000 a transaction         -> rows, microseconds
 *   create TITLE CONTENT TAGS SPEAKER      one row, one transaction                  -> microseconds
 *   search MATCH LIMIT                     best rows first, title and content read   -> microseconds, row numbers
 *   ping                                                                             -> 0
 * The time is taken in here, so neither the pipe nor the caller counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <stdint.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_initialize(void);
int sqlite3_open(const char*, sqlite3**);
int sqlite3_close(sqlite3*);
int sqlite3_exec(sqlite3*, const char*, int (*)(void*, int, char**, char**), void*, char**);
int sqlite3_prepare_v3(sqlite3*, const char*, int, unsigned, sqlite3_stmt**, const char**);
int sqlite3_step(sqlite3_stmt*);
int sqlite3_reset(sqlite3_stmt*);
int sqlite3_bind_int64(sqlite3_stmt*, int, long long);
int sqlite3_bind_double(sqlite3_stmt*, int, double);
int sqlite3_bind_text(sqlite3_stmt*, int, const char*, int, void (*)(void*));
int sqlite3_bind_blob(sqlite3_stmt*, int, const void*, int, void (*)(void*));
long long sqlite3_column_int64(sqlite3_stmt*, int);
const unsigned char* sqlite3_column_text(sqlite3_stmt*, int);
int sqlite3_column_bytes(sqlite3_stmt*, int);
const char* sqlite3_errmsg(sqlite3*);

enum { ROW = 100, DONE = 101, PERSISTENT = 1, ROWS_A_LOAD = 1000, MOST_HITS = 100 };

static sqlite3* db;
static sqlite3_stmt *begin_it, *commit_it, *insert_it, *search_it;
static uint64_t random_state = 0x9E3779B97F4A7C15u;
static uint64_t made;
static volatile unsigned long long bytes_read;

static void fail(const char* what)
{
  fprintf(stderr, "peer: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
  exit(1);
}

static double now_us(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* splitmix64: the hashes and the tails of the ids must be spread over their indexes as wm's are. */
static uint64_t next_random(void)
{
  uint64_t z = random_state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static void fill_random(unsigned char* bytes, int count)
{
  for (int i = 0; i < count; i += 8)
  {
    uint64_t z = next_random();
    memcpy(bytes + i, &z, 8);
  }
}

static sqlite3_stmt* prepare(const char* sql)
{
  sqlite3_stmt* statement;
  if (sqlite3_prepare_v3(db, sql, -1, PERSISTENT, &statement, 0)) fail(sql);
  return statement;
}

static void run(sqlite3_stmt* statement, const char* what)
{
  if (sqlite3_step(statement) != DONE) fail(what);
  sqlite3_reset(statement);
}

static void insert(char** field)
{
  unsigned char id[16], hash[32], salt[16];
  fill_random(id, 16);
  fill_random(hash, 32);
  fill_random(salt, 16);
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  long long ms = t.tv_sec * 1000LL + t.tv_nsec / 1000000;
  /* As RFC 9562 version 7: the time first, so that ids come in order; a counter keeps that within a millisecond. */
  uint64_t head = (uint64_t)ms << 16 | (made++ & 0xFFFF);
  for (int i = 0; i < 8; i++) id[i] = (unsigned char)(head >> (56 - 8 * i));
  sqlite3_bind_blob(insert_it, 1, id, 16, 0);
  sqlite3_bind_text(insert_it, 2, field[0], -1, 0);
  sqlite3_bind_text(insert_it, 3, field[1], -1, 0);
  sqlite3_bind_text(insert_it, 4, field[2], -1, 0);
  sqlite3_bind_int64(insert_it, 5, 0);
  sqlite3_bind_double(insert_it, 6, 0.5);
  sqlite3_bind_int64(insert_it, 7, ms);
  sqlite3_bind_text(insert_it, 8, field[3], -1, 0);
  sqlite3_bind_blob(insert_it, 9, hash, 32, 0);
  sqlite3_bind_blob(insert_it, 10, salt, 16, 0);
  run(insert_it, "insert");
}

/* Splits at tabs in place; returns the number of fields found, at most `most`. */
static int split(char* line, char** field, int most)
{
  int count = 0;
  for (char* at = line; at && count < most; count++)
  {
    field[count] = at;
    at = strchr(at, '\t');
    if (at) *at++ = 0;
  }
  return count;
}

static void load(const char* path)
{
  FILE* file = fopen(path, "r");
  if (!file) fail(path);
  char *line = 0, *field[4];
  size_t room = 0;
  ssize_t length;
  long rows = 0;
  double began = now_us();
  while ((length = getline(&line, &room, file)) > 0)
  {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (split(line, field, 4) != 4) fail("a row does not have four fields");
    if (rows % ROWS_A_LOAD == 0) run(begin_it, "begin");
    insert(field);
    if (++rows % ROWS_A_LOAD == 0) run(commit_it, "commit");
  }
  if (rows % ROWS_A_LOAD) run(commit_it, "commit");
  printf("%ld\t%.1f\n", rows, now_us() - began);
  fclose(file);
  free(line);
}

static void search(const char* match, const char* limit)
{
  long long found[MOST_HITS];
  int count = 0, code;
  double began = now_us();
  sqlite3_bind_text(search_it, 1, match, -1, 0);
  sqlite3_bind_int64(search_it, 2, atoll(limit));
  while ((code = sqlite3_step(search_it)) == ROW && count < MOST_HITS)
  {
    found[count++] = sqlite3_column_int64(search_it, 0);
    for (int column = 1; column <= 2; column++)
    {
      const unsigned char* text = sqlite3_column_text(search_it, column);
      for (int i = sqlite3_column_bytes(search_it, column); i-- > 0;) bytes_read += text[i] != 0;
    }
  }
  if (code != DONE) fail("search");
  sqlite3_reset(search_it);
  printf("%.1f\t", now_us() - began);
  for (int i = 0; i < count; i++) printf(i ? ",%lld" : "%lld", found[i]);
  printf("\n");
}

static int answer(void)
{
  char* line = 0;
  size_t room = 0;
  while (getline(&line, &room, stdin) > 0)
  {
    char* id = strstr(line, "\"id\":");
    if (!id) continue;
    printf("{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{}}\n", atoi(id + 5));
    fflush(stdout);
  }
  return 0;
}

static char* read_all(const char* path)
{
  FILE* file = fopen(path, "r");
  if (!file) fail(path);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char* text = malloc(size + 1);
  if (fread(text, 1, size, file) != (size_t)size) fail(path);
  text[size] = 0;
  fclose(file);
  return text;
}

int main(int count, char** given)
{
  if (count == 2 && !strcmp(given[1], "--answer")) return answer();
  if (count < 3) { fputs("usage: peer DATABASE SCHEMA.sql [PRAGMAS]\n", stderr); return 2; }
  random_state ^= (uint64_t)(now_us() * 1000);
  sqlite3_initialize();
  if (sqlite3_open(given[1], &db)) fail("open");
  if (sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", 0, 0, 0)) fail("pragma");
  if (count > 3 && sqlite3_exec(db, given[3], 0, 0, 0)) fail(given[3]);
  if (sqlite3_exec(db, read_all(given[2]), 0, 0, 0)) fail("schema");
  begin_it = prepare("BEGIN IMMEDIATE");
  commit_it = prepare("COMMIT");
  insert_it = prepare("INSERT INTO memories(memory_id, title, content, tags, memory_type, importance, created_at, updated_at, event_time, session_id, speaker, source, "
    "metadata, version, content_hash, repetition, salt) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7, NULL, ?8, NULL, NULL, 1, ?9, 0, ?10)");
  search_it = prepare("SELECT m.number, m.title, m.content FROM memories_fts f JOIN memories m ON m.number = f.rowid WHERE memories_fts MATCH ?1 ORDER BY f.rank LIMIT ?2");
  char *line = 0, *field[5];
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, stdin)) > 0)
  {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    int fields = split(line, field, 5);
    if (!strcmp(field[0], "create") && fields == 5)
    {
      double began = now_us();
      run(begin_it, "begin");
      insert(field + 1);
      run(commit_it, "commit");
      printf("%.1f\n", now_us() - began);
    }
    else if (!strcmp(field[0], "search") && fields == 3) search(field[1], field[2]);
    else if (!strcmp(field[0], "load") && fields == 2) load(field[1]);
    else if (!strcmp(field[0], "ping")) puts("0");
    else fail("unknown command");
    fflush(stdout);
  }
  sqlite3_close(db);
  return 0;
}
