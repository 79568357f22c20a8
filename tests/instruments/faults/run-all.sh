#!/bin/bash
# usage: run-all.sh ../maps/wm.json [-- wm serve]   (root for 04 and 05; env N, ROUNDS, PRELOAD, T seconds each)
cd "$(dirname "$0")" || exit 2
map=$1; shift
failed=0
trial() { timeout "${T:-240}" node "$@" || { echo "{\"trial\":\"$1\",\"exit\":$?}"; failed=1; }; }
trial 01-concurrent-writers.mjs --n "${N:-1000}" --map "$map" "$@"
trial 01-concurrent-writers.mjs --n "${N:-1000}" --procs 4 --fresh --map "$map" "$@"
trial 02-kill9.mjs --rounds "${ROUNDS:-30}" --preload "${PRELOAD:-2000}" --map "$map" "$@"
for script in 03-bad-input.mjs 04-disk-full.mjs 05-readonly.mjs 06-lifecycle.mjs; do trial "$script" --map "$map" "$@"; done
exit "$failed"
