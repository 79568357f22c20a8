#!/bin/bash
# Builds both policies into out/: codename.wasm from C#, scratch.wasm from C. WMC says how wmc is called, if not from this repository; CLANG how clang is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p out
dotnet build PolicyModule.csproj -c Release -v quiet --nologo
${WMC:-dotnet run --project ../../src/WhiteMagic.KernelCompiler -c Release --} build bin/Release/net10.0/PolicyModule.dll -o out
clang=${CLANG:-$(../../native/wasm-toolchain.sh --find | head -1)}
$clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry -o out/scratch.wasm scratch.c
