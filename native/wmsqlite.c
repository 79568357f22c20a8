/* SQLite with the Multiple Ciphers extension as one translation unit; the flags are in build.sh. */
#include "sqlite3.c"
