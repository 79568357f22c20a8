#!/bin/bash
# Sees to everything that building needs: installs the C compiler with apt where it may, else says in one sentence what is missing.
set -euo pipefail

missing() { echo "wm: $*" >&2; exit 1; }

command -v dotnet >/dev/null || missing "the .NET SDK 10 is missing (command dotnet); install it and run this again"
command -v npm >/dev/null || missing "Node.js with npm is missing (command npm); it fetches the pinned SQLite source; install it and run this again"

can_compile() {
  command -v "${CC:-gcc}" >/dev/null && command -v ar >/dev/null \
    && echo '#include <stdio.h>
int main(void) { return 0; }' | "${CC:-gcc}" -static -x c -o /dev/null - 2>/dev/null
}

if ! can_compile; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "wm: installing gcc and libc6-dev" >&2
    apt-get update -q >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends gcc libc6-dev >&2 \
      || missing "apt-get could not install gcc and libc6-dev; see above"
    can_compile || missing "gcc is installed but cannot link a static program"
  else
    missing "a C compiler that can link statically is missing; install it (Debian, Ubuntu: apt-get install gcc libc6-dev) and run this again"
  fi
fi
