// The WebAssembly modules: bytes of the scalar builds, and that they need nothing.
import fs from 'node:fs';
import path from 'node:path';
import { instantiate } from '../lib/kernels.mjs';

export async function measure(context) {
  const folder = path.join(context.root, 'dist/wasm'), values = { imports: 0 }, details = {}, wrong = [];
  for (const { name, file } of JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')).modules) {
    const bytes = fs.readFileSync(path.join(folder, file));
    values.imports += WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length;
    details[file] = bytes.length;
    if (file === `${name}.wasm`) values[name] = bytes.length;
    if (instantiate(path.join(folder, file)).wm_abi_version() !== 1) wrong.push(`${file} does not give its version`);
  }
  return { values, details, wrong };
}
