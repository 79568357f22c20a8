#!/bin/bash
# Makes what wmc compiles to WebAssembly, where it is missing or older than its sources: dist/wasm, the kernels with their manifest, and dist/governance,
# the modules of governance/ that wm embeds, with the C# file that holds them. `wasm.sh governance` makes only the latter.
# clang and wasm-ld come from wasm-toolchain.sh.
set -euo pipefail
root=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/native/stamp.sh"
shared=(src/WhiteMagic.Kernels src/WhiteMagic.KernelCompiler native/wasm.sh native/wasm-toolchain native/wasm-toolchain.sh global.json
  Directory.Build.props Directory.Build.targets Directory.Packages.props)

# compile FOLDER NAME SOURCES: builds the project NAME and its modules into FOLDER.
compile() {
  local folder=$1 name=$2 log=$1/.build.log project
  local -a tools
  mapfile -t tools < <("$root/native/wasm-toolchain.sh")
  [ ${#tools[@]} -gt 0 ] || exit 1
  say "building ${folder#"$root/"}"
  for project in "$root/src/WhiteMagic.KernelCompiler" "$root/${3}"; do
    if ! MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false dotnet build "$project" -c Release -v quiet --nologo >"$log" 2>&1 </dev/null; then
      cat "$log" >&2
      say "the build of $project failed"
      exit 1
    fi
  done
  rm -rf "$folder/.new"
  local -a wmc=(dotnet "$root/artifacts/bin/WhiteMagic.KernelCompiler/release/wmc.dll" build
    "$root/artifacts/bin/WhiteMagic.$name/release/WhiteMagic.$name.dll" -o "$folder/.new")
  if [ ${#tools[@]} = 2 ]; then
    WMC_CLANG=${tools[0]} WMC_LLD=${tools[1]} "${wmc[@]}" >&2
  else
    "${wmc[@]}" --toolchain "${tools[0]}" >&2
  fi
  # The manifest goes first and comes last: while it is there, it is true.
  rm -f "$folder"/*.json "$folder"/*.wasm
  mv "$folder"/.new/*.wasm "$folder/"
  if [ "$name" = Policies ]; then embed "$folder"; fi
  mv "$folder/.new/manifest.json" "$folder/"
  rm -rf "$folder/.new"
  say "built ${folder#"$root/"}, $(ls "$folder"/*.wasm | wc -l) modules"
}

# The modules as a C# file: constants need no reflection to be read.
embed() {
  local name
  rm -f "$1"/*.simd.wasm
  {
    echo "namespace WhiteMagic.Cli.Modules;"
    echo "internal static partial class EmbeddedModules {"
    for name in Dharma Karma Harmony; do
      echo "internal static System.ReadOnlySpan<byte> $name => [$(od -An -v -tu1 "$1/${name,}.wasm" | sed 's/ *\([0-9]\+\)/\1,/g' | tr -d '\n')];"
    done
    echo "}"
  } > "$1/EmbeddedModules.cs"
}

# make FOLDER NAME SOURCES: compiles what is stale.
make() {
  local folder=$root/$1 name=$2
  built=$folder/manifest.json
  stamp=$folder/.stamp
  inputs=("$3" "${shared[@]}")
  if is_stale; then refresh compile "$folder" "$name" "$3"; fi
}

make dist/governance Policies governance
[ "${1:-}" = governance ] || make dist/wasm Kernels src/WhiteMagic.Kernels
