// How long wmc takes with clang and wasm-ld as programs; what it makes must be what dist/wasm holds.
import path from 'node:path';
import { manifestOf, runWmc, toolchain } from '../lib/wmc.mjs';

export async function measure(context) {
  const tools = toolchain(context.root);
  if (tools.length !== 2) return { skipped: 'there is no clang with wasm-ld' };
  const { seconds, manifest } = runWmc(context.root, context.folder('wmc'), tools), wrong = [];
  const kept = manifestOf(path.join(context.root, 'dist/wasm'));
  if (JSON.stringify(manifest) !== JSON.stringify(kept)) wrong.push('the modules are other bytes than those in dist/wasm');
  return { values: { seconds }, details: { files: manifest.length }, wrong };
}
