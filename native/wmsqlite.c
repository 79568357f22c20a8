/* SQLite with the Multiple Ciphers extension as one translation unit; the flags are in build.sh. */
#include "sqlite3.c"

/* The extension registers its functions for encrypted values always, but defines them only together with ciphers that build.sh leaves out. */
int sqlite3_vle_init(sqlite3* db, char** message, const sqlite3_api_routines* api)
{
  (void)db;
  (void)message;
  (void)api;
  return SQLITE_OK;
}

#include "static.c"
#include "files.c"
