#!/bin/bash
# Compiles the limits in C into folder $1: libkernelpeers.a for the machine, and NAME.wasm and NAME.simd.wasm with the flags that wmc uses.
# Without clang and wasm-ld as programs it makes nothing.
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"
mapfile -t tools < <(../../../native/wasm-toolchain.sh)
[ ${#tools[@]} = 2 ] || exit 0
clang=${tools[0]} wasm_ld=${tools[1]}
mkdir -p "$out"
newest=$(ls -t ./* ../../../native/wasm-toolchain.sh | head -1)
[ "$out/.made" -nt "$newest" ] && exit 0

flags=(-O3 -std=gnu11 -Wall -Wextra -Werror -ffp-contract=off -fno-strict-aliasing -fvisibility=hidden)
wasm=(--target=wasm32-unknown-unknown -ffreestanding -fno-delete-null-pointer-checks -mcpu=mvp -mbulk-memory -msign-ext -mnontrapping-fptoint)
for simd in "" -msimd128; do
  for name in memory knn minhash; do
    "$clang" "${wasm[@]}" "${flags[@]}" $simd -c $name.c -o "$out/$name$simd.o"
  done
  for name in knn minhash; do
    "$wasm_ld" --no-entry --stack-first -z stack-size=65536 --gc-sections --strip-all "$out/$name$simd.o" "$out/memory$simd.o" -o "$out/$name${simd:+.simd}.wasm"
  done
done
# What the sandbox is measured by.
"$clang" "${wasm[@]}" "${flags[@]}" -O2 -c workloads.c -o "$out/workloads.o"
"$wasm_ld" --no-entry --stack-first -z stack-size=65536 --gc-sections --strip-all "$out/workloads.o" -o "$out/workloads.wasm"
rm -f "$out/libkernelpeers.a"
# x86-64-v2 is what NativeAOT compiles for.
for name in memory knn minhash; do
  "$clang" -march=x86-64-v2 "${flags[@]}" -fPIC -c $name.c -o "$out/$name.native.o"
done
ar rcs "$out/libkernelpeers.a" "$out"/{memory,knn,minhash}.native.o
touch "$out/.made"
