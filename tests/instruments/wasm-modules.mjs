#!/usr/bin/env node
// Judges the modules of a folder by other tools than the one that made them: `wasm-modules.mjs FOLDER`. Each is valid for V8, imports nothing, exports what the
// manifest says, gives its version; and wabt's wasm-validate accepts it with the features of the manifest and no others. The packages: node install.mjs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { modulesFolder } from './lib/modules.mjs';

const BASE_FEATURES = ['mvp', 'bulk-memory', 'sign-ext', 'nontrapping-fptoint'];
// What wabt allows of itself beyond those.
const OFF = ['--disable-mutable-globals', '--disable-multi-value', '--disable-reference-types'];

const [folder] = process.argv.slice(2);
const { modules } = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
let failed = 0;
for (const module of modules) {
  const file = path.join(folder, module.file), bytes = fs.readFileSync(file), wrong = [];
  const isSimd = module.features.includes('simd128'), features = isSimd ? [...BASE_FEATURES, 'simd128'] : BASE_FEATURES;
  if (module.features.join() !== features.join()) wrong.push(`its features are ${module.features}`);
  if (!WebAssembly.validate(bytes)) wrong.push('V8 finds it not valid');
  else {
    const compiled = new WebAssembly.Module(bytes), imports = WebAssembly.Module.imports(compiled);
    if (imports.length) wrong.push(`it imports ${imports.map(each => each.name)}`);
    const list = exports => exports.map(each => `${each.kind} ${each.name}`).sort().join(', ');
    if (list(WebAssembly.Module.exports(compiled)) !== list(module.exports)) wrong.push(`it exports ${list(WebAssembly.Module.exports(compiled))}, the manifest says ${list(module.exports)}`);
    const { exports } = new WebAssembly.Instance(compiled, {});
    if (exports.wm_abi_version() !== 1) wrong.push(`its version is ${exports.wm_abi_version()}`);
    for (const { name, kind, parameters } of module.exports)
      if (kind === 'function' && exports[name].length !== parameters.length) wrong.push(`${name} takes ${exports[name].length} arguments`);
  }
  const run = spawnSync(process.execPath, [path.join(modulesFolder(), 'wabt/bin/wasm-validate'), ...OFF, ...(isSimd ? [] : ['--disable-simd']), file], { encoding: 'utf8' });
  if (run.status !== 0) wrong.push(`wasm-validate: ${(run.stderr + run.stdout).slice(0, 500)}`);
  console.log(`${module.file}: ${wrong.join('; ') || `valid with ${features.join(', ')}`}`);
  failed += wrong.length > 0;
}
process.exit(failed || !modules.length ? 1 : 0);
