// Runs wmc on the kernels, as native/wasm.sh does, into a folder of its own.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The lines of native/wasm-toolchain.sh: two programs or one folder of npm packages; empty when it finds nothing. */
export function toolchain(root, wanted = '') {
  const run = spawnSync('bash', [path.join(root, 'native/wasm-toolchain.sh'), '--find'], { encoding: 'utf8', env: { ...process.env, WM_WASM_TOOLCHAIN: wanted } });
  return run.status === 0 ? run.stdout.trim().split('\n') : [];
}

/** Seconds that wmc took, and what it made. */
export function runWmc(root, folder, tools) {
  const bin = path.join(root, 'artifacts/bin'), environment = tools.length === 2 ? { WMC_CLANG: tools[0], WMC_LLD: tools[1] } : {};
  const began = performance.now();
  const run = spawnSync('dotnet', [path.join(bin, 'WhiteMagic.KernelCompiler/release/wmc.dll'), 'build', path.join(bin, 'WhiteMagic.Kernels/release/WhiteMagic.Kernels.dll'), '-o', folder,
    ...(tools.length === 1 ? ['--toolchain', tools[0]] : [])], { encoding: 'utf8', env: { ...process.env, ...environment } });
  if (run.error || run.status !== 0) throw new Error(`wmc: ${run.error ?? run.stdout + run.stderr}`);
  return { seconds: (performance.now() - began) / 1000, manifest: manifestOf(folder) };
}

export const manifestOf = folder => JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')).modules;
