#!/bin/bash
# Compiles the peer into folder $1, against the very SQLite that wm holds. With O2 as $2: the same SQLite source and options, compiled for speed.
set -euo pipefail
out=$(realpath -m "$1")
here=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
root=$here/../..
cc=${CC:-gcc}
mkdir -p "$out"
library=$root/artifacts/native/libwmsqlite.a
if [ "${2:-}" = O2 ]; then
  library=$out/libwmsqlite-O2.a
  if [ ! -f "$library" ] || [ "$root/native/build.sh" -nt "$library" ]; then
    # The build of native/ with one word changed, in a copy of that folder.
    work=$(mktemp -d "$out/O2.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cp -r "$root/native/." "$work/native/"
    sed -i 's/^  -Os /  -O2 /' "$work/native/build.sh"
    grep -q '^  -O2 ' "$work/native/build.sh"
    bash "$work/native/build.sh" "$work/made"
    mv "$work/made/libwmsqlite.a" "$library"
  fi
fi
program=$out/peer${2:+-$2}
if [ ! -f "$program" ] || [ "$here/peer.c" -nt "$program" ] || [ "$library" -nt "$program" ]; then
  "$cc" -O2 -Wall -Werror=implicit-function-declaration -D_GNU_SOURCE -static -Wl,--gc-sections "$here/peer.c" "$library" -lm -lpthread -o "$program.new"
  mv -f "$program.new" "$program"
fi
if [ ! -f "$out/clock" ] || [ "$here/clock.c" -nt "$out/clock" ]; then
  "$cc" -O2 -Wall -D_GNU_SOURCE "$here/clock.c" -o "$out/clock"
fi
echo "$program"
