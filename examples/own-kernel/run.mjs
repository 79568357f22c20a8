// node run.mjs: calls the module that build.sh made.
import fs from 'node:fs';

const module = new WebAssembly.Module(fs.readFileSync(new URL('out/word_count.wasm', import.meta.url)));
const wasm = new WebAssembly.Instance(module, {}).exports;
const text = new TextEncoder().encode('No imports, no runtime: just a function.');
const at = wasm.wm_alloc(text.length);
const longest = wasm.wm_alloc(8);
new Uint8Array(wasm.memory.buffer).set(text, at);
const words = wasm.count_words(at, text.length, longest);
const [start, length] = new Int32Array(wasm.memory.buffer, longest, 2);
console.log(`${words} words, the longest is ${new TextDecoder().decode(text.subarray(start, start + length))}`);
