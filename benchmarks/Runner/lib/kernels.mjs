// The kernels to be measured: modules of dist/wasm, the limits in C (../../peer/kernels), and the native host (../../Native).
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** An instance of a module; its import object is empty. */
export const instantiate = file => new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(file)), {}).exports;

/** A module of dist/wasm: `core`, `core.simd`. */
export function ours(context, name) {
  const file = path.join(context.root, 'dist/wasm', name + '.wasm');
  if (!fs.existsSync(file)) throw new Error(`there is no dist/wasm/${name}.wasm; make it with ./wm build`);
  return instantiate(file);
}

/** Whether the limits in C can be compiled here; the reason to skip a figure otherwise. */
export const peersMissing = context => (fs.existsSync(path.join(peersFolder(context), 'libkernelpeers.a')) ? null : 'the limits in C need clang and wasm-ld');

/** A limit in C: `knn`, `knn.simd`. */
export const peer = (context, name) => instantiate(peerFile(context, name));

export const peerFile = (context, name) => path.join(peersFolder(context), name + '.wasm');

function peersFolder({ root }) {
  const folder = path.join(root, 'artifacts/bench/peers');
  execFileSync('bash', [path.join(root, 'benchmarks/peer/kernels/build.sh'), folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

/** What the native host, which is linked with the limits in C, measured: { values, wrong }. */
export function native(context, ...args) {
  const { root } = context;
  const program = path.join(root, 'artifacts/publish/WhiteMagic.Benchmarks.Native/release_linux-x64/kernel-bench');
  if (!context.isHostBuilt) {
    // The build itself knows what is stale.
    const run = spawnSync('dotnet', ['publish', path.join(root, 'benchmarks/Native'), '-c', 'Release', '-v', 'quiet', '--nologo'],
      { encoding: 'utf8', env: { ...process.env, MSBUILDDISABLENODEREUSE: '1', UseSharedCompilation: 'false' } });
    if (run.error || run.status !== 0) throw new Error(`dotnet publish benchmarks/Native failed: ${run.error ?? run.stdout + run.stderr}`);
    context.isHostBuilt = true;
  }
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 }));
}

/** Copies values into memory that `allocate` gives and returns the pointer. */
export function put(exports, allocate, values) {
  const pointer = allocate(values.byteLength);
  if (!pointer) throw new Error(`no memory for ${values.byteLength} bytes`);
  new Uint8Array(exports.memory.buffer, pointer, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return pointer;
}
