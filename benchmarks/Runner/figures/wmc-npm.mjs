// How long wmc takes with LLVM in Node; other bytes, but the same exports.
import fs from 'node:fs';
import path from 'node:path';
import { manifestOf, runWmc, toolchain } from '../lib/wmc.mjs';

export async function measure(context) {
  const tools = toolchain(context.root, 'npm');
  if (!tools.length) return { skipped: 'the npm package was not fetched' };
  const folder = context.folder('wmc-npm'), { seconds, manifest } = runWmc(context.root, folder, tools), wrong = [];
  const promise = ({ file, features, imports, exports }) => JSON.stringify({ file, features, imports, exports });
  const kept = manifestOf(path.join(context.root, 'dist/wasm'));
  for (const [i, module] of manifest.entries()) {
    if (promise(module) !== promise(kept[i])) wrong.push(`${module.file} has other exports than in dist/wasm`);
    if (!WebAssembly.validate(fs.readFileSync(path.join(folder, module.file)))) wrong.push(`${module.file} is not valid`);
  }
  return { values: { seconds }, details: Object.fromEntries(manifest.map(({ file, bytes }) => [file, bytes])), wrong };
}
