#!/bin/bash
# Prints what wmc compiles with: two lines, the commands of clang and wasm-ld, if the machine has them or, as root on Debian, apt-get can install them; else one line,
# the folder node_modules with the locked npm package @yowasp/clang, which is kept in the user's cache. WM_WASM_TOOLCHAIN=npm asks for that one.
# With --find nothing is installed. Exit 1 says in one sentence what is missing.
set -euo pipefail
here=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
missing="clang and wasm-ld for WebAssembly are missing; install clang-19 and lld-19, or Node.js with npm, and run this again"

# 19 first: what it makes is what is released. A newer one gives the same results in other bytes; clang of macOS has no WebAssembly.
find_installed() {
  local suffix
  for suffix in -19 -20 -21 ""; do
    if command -v "clang$suffix" >/dev/null && command -v "wasm-ld$suffix" >/dev/null \
      && [ "$("clang$suffix" -dumpversion | cut -d. -f1)" -ge 19 ] && echo 'int x;' | "clang$suffix" --target=wasm32 -x c -c -o /dev/null - 2>/dev/null; then
      command -v "clang$suffix" "wasm-ld$suffix"
      return
    fi
  done
  return 1
}

package=$here/wasm-toolchain
kept=${XDG_CACHE_HOME:-${HOME:?}/.cache}/whitemagic/wasm-toolchain-$(cat "$package"/{package.json,package-lock.json} | sha256sum | cut -c1-16)

find_package() { [ -f "$kept/done" ] && command -v node >/dev/null && echo "$kept/node_modules"; }

install_with_apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  if [ -z "$(apt-cache madison clang-19 2>/dev/null)" ]; then
    apt-get update -q >&2 || return 1
    [ -n "$(apt-cache madison clang-19 2>/dev/null)" ] || return 1
  fi
  echo "wm: installing clang-19 and lld-19" >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends clang-19 lld-19 >&2
}

install_package() {
  command -v npm >/dev/null || return 1
  echo "wm: fetching @yowasp/clang from npm" >&2
  mkdir -p "$(dirname "$kept")"
  local work
  work=$(mktemp -d "$kept.XXXXXX")
  cp "$package"/{package.json,package-lock.json,.npmrc} "$work/"
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || { rm -rf "$work"; return 1; }
  touch "$work/done"
  # A second process that did the same at the same time may have been first.
  mv -T "$work" "$kept" 2>/dev/null || { rm -rf "$work"; [ -f "$kept/done" ]; }
}

if [ "${WM_WASM_TOOLCHAIN:-}" = npm ]; then
  find_package || { [ "${1:-}" != --find ] && install_package && find_package; } || { echo "wm: $missing" >&2; exit 1; }
  exit 0
fi
find_installed || find_package && exit 0
if [ "${1:-}" != --find ]; then
  { install_with_apt && find_installed; } || { install_package && find_package; } && exit 0
fi
echo "wm: $missing" >&2
exit 1
