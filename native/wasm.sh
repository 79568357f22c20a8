#!/bin/bash
# Makes dist/wasm, the kernels as WebAssembly modules with their manifest, when it is missing or older than its sources.
# wmc (src/WhiteMagic.KernelCompiler) does it; clang and wasm-ld come from wasm-toolchain.sh.
set -euo pipefail
root=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
source "$root/native/stamp.sh"
folder=$root/dist/wasm
built=$folder/manifest.json
stamp=$folder/.stamp
inputs=(src/WhiteMagic.Kernels src/WhiteMagic.KernelCompiler native/wasm.sh native/wasm-toolchain native/wasm-toolchain.sh global.json
  Directory.Build.props Directory.Build.targets Directory.Packages.props)

compile() {
  local log=$folder/.build.log name
  local -a tools
  mapfile -t tools < <("$root/native/wasm-toolchain.sh")
  [ ${#tools[@]} -gt 0 ] || exit 1
  say "building dist/wasm"
  for name in KernelCompiler Kernels; do
    if ! MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false \
      dotnet build "$root/src/WhiteMagic.$name" -c Release -v quiet --nologo >"$log" 2>&1 </dev/null; then
      cat "$log" >&2
      say "the build of $name failed"
      exit 1
    fi
  done
  rm -rf "$folder/.new"
  local -a wmc=(dotnet "$root/artifacts/bin/WhiteMagic.KernelCompiler/release/wmc.dll" build
    "$root/artifacts/bin/WhiteMagic.Kernels/release/WhiteMagic.Kernels.dll" -o "$folder/.new")
  if [ ${#tools[@]} = 2 ]; then
    WMC_CLANG=${tools[0]} WMC_LLD=${tools[1]} "${wmc[@]}" >&2
  else
    "${wmc[@]}" --toolchain "${tools[0]}" >&2
  fi
  # The manifest goes first and comes last: while it is there, it is true.
  rm -f "$folder"/*.json "$folder"/*.wasm
  mv "$folder"/.new/*.wasm "$folder/"
  mv "$folder/.new/manifest.json" "$folder/"
  rm -rf "$folder/.new"
  say "built dist/wasm, $(ls "$folder"/*.wasm | wc -l) modules"
}

if is_stale; then refresh compile; fi
