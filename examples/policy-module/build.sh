#!/bin/bash
# Builds both policies into out/: codename.wasm from C#, scratch.wasm from C. WMC says how wmc is called, if not from this repository; CLANG how clang is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p out
dotnet build PolicyModule.csproj -c Release -v quiet --nologo
${WMC:-dotnet run --project ../../src/WhiteMagic.KernelCompiler -c Release --} build bin/Release/net10.0/PolicyModule.dll -o out
for found in clang-19 clang-20 clang-21 clang; do ! command -v "$found" >/dev/null || break; done
${CLANG:-$found} --target=wasm32 -O2 -nostdlib -Wl,--no-entry -o out/scratch.wasm scratch.c
