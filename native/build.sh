#!/bin/bash
# Compiles the pinned SQLite once and leaves libwmsqlite.a (the executable) and libwmsqlite.so (tests under the JIT) in folder $1.
# The result is kept by the hash of everything that goes into it, so that another checkout does not compile again.
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$0")"
cc=${CC:-gcc}
archive=${AR:-ar}
options=(
  -Os -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fno-stack-protector -fvisibility=hidden -w
  -DNDEBUG
  -DSQLITE_THREADSAFE=2 -DSQLITE_TEMP_STORE=2 -DSQLITE_DQS=0 -DSQLITE_DEFAULT_FOREIGN_KEYS=1 -DSQLITE_DEFAULT_MEMSTATUS=0
  -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_USE_ALLOCA -DSQLITE_UNTESTABLE -DSQLITE_MAX_EXPR_DEPTH=100 -DSQLITE_ENABLE_FTS5
  -DSQLITE_OMIT_DEPRECATED -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_TCL_VARIABLE
  -DSQLITE_OMIT_COMPLETE -DSQLITE_OMIT_GET_TABLE -DSQLITE_OMIT_TRACE -DSQLITE_OMIT_DESERIALIZE -DSQLITE_OMIT_UTF16
  # Only the SQLCipher-compatible cipher. The extra SQL functions (SQLITE_ENABLE_EXTFUNC) stay undefined: defined as 0 they would be in, and bring 300 KB of libm.
  -DCODEC_TYPE=CODEC_TYPE_SQLCIPHER -DHAVE_CIPHER_SQLCIPHER=1 -DHAVE_CIPHER_AES_128_CBC=0 -DHAVE_CIPHER_AES_256_CBC=0
  -DHAVE_CIPHER_CHACHA20=0 -DHAVE_CIPHER_RC4=0 -DHAVE_CIPHER_ASCON128=0 -DHAVE_CIPHER_AEGIS=0
)
case $(uname -s) in
  Linux) options+=(-fPIC -DHAVE_USLEEP=1 -DHAVE_FDATASYNC=1) ;;
  Darwin) options+=(-fPIC -DHAVE_USLEEP=1) ;;
esac
key=$( { cat package-lock.json wmsqlite.c static.c files.c build.sh; "$cc" --version; uname -sm; } | sha256sum | cut -c1-16)
kept=${XDG_CACHE_HOME:-${HOME:?}/.cache}/whitemagic/sqlite-$key
mkdir -p "$out" "$kept"
if [ ! -f "$kept/done" ]; then
  echo "wm: compiling SQLite (about half a minute, once)" >&2
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  work=$(mktemp -d "$kept/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  "$cc" "${options[@]}" -DSQLITE_API='__attribute__((visibility("default")))' \
    -Inode_modules/better-sqlite3-multiple-ciphers/deps/sqlite3 -c wmsqlite.c -o "$work/wmsqlite.o"
  "$archive" rcs "$work/libwmsqlite.a" "$work/wmsqlite.o"
  case $(uname -s) in
    Linux) "$cc" -shared -Wl,-z,defs -Wl,--gc-sections -Wl,-s -o "$work/libwmsqlite.so" "$work/wmsqlite.o" -lm -lpthread ;;
    MINGW*|MSYS*) cp "$work/libwmsqlite.a" "$work/wmsqlite.lib" ;;
  esac
  # Renames are atomic: a second build that runs at the same time finds all or nothing.
  for f in "$work"/*wmsqlite.[als]*; do mv -f "$f" "$kept/"; done
  touch "$kept/done"
fi
for f in "$kept"/*wmsqlite.[als]*; do
  cmp -s "$f" "$out/$(basename "$f")" || cp -f "$f" "$out/"
  touch "$out/$(basename "$f")"
done
