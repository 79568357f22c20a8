#!/bin/bash
# Builds the project, and then its modules into out/. WMC says how wmc is called, if not from this repository.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet build OwnKernel.csproj -c Release -v quiet --nologo
${WMC:-dotnet run --project ../../src/WhiteMagic.KernelCompiler -c Release --} build bin/Release/net10.0/OwnKernel.dll -o out
