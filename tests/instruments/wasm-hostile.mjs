#!/usr/bin/env node
// Calls every export of every module of a folder with hostile values: `wasm-hostile.mjs FOLDER [--calls N] [--rounds N] [--seed N]`.
// Claims: no call traps or fails to return; what is negative is a documented code; bytes around the memory that was handed out stay as they are; and after
// wm_reset a module that was treated so answers as a new one does. Exit 1 names the call, and the seed repeats it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, workerData, parentPort } from 'node:worker_threads';
import { hostileCaller } from './lib/hostile-caller.mjs';

const STUCK_MS = 30000;
const NOTE_BYTES = 4096, PAGE_BYTES = 65536;

async function main() {
  const given = process.argv.slice(2);
  const option = (name, otherwise) => { const at = given.indexOf(name); return at < 0 ? otherwise : +given.splice(at, 2)[1]; };
  const calls = option('--calls', 1500), rounds = option('--rounds', 3), seed = option('--seed', Date.now() % 1e9), [folder] = given;
  const { modules } = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  console.log(`seed ${seed}`);
  let failed = 0;
  for (const module of modules) {
    const problem = await abuse(folder, module, { calls, rounds, seed });
    console.log(`${module.file}: ${problem ?? `${calls * (rounds + 2)} calls of ${module.exports.length} exports`}`);
    failed += problem !== null;
  }
  process.exit(failed || !modules.length ? 1 : 0);
}

/** What went wrong, or null. A worker does it, because a call that never returns can only be seen from outside. */
function abuse(folder, module, options) {
  const note = new SharedArrayBuffer(NOTE_BYTES), words = new Int32Array(note);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { file: path.join(folder, module.file), exports: module.exports, note, ...options } });
  return new Promise(resolve => {
    let seen = -1;
    const watch = setInterval(() => {
      if (words[0] === seen) finish(`does not return: ${Buffer.from(note, 8, words[1]).toString()}`);
      seen = words[0];
    }, STUCK_MS);
    const finish = problem => { clearInterval(watch); worker.terminate(); resolve(problem); };
    worker.on('message', finish);
    worker.on('error', error => finish(String(error.stack)));
  });
}

function work() {
  const { file, exports: declared, calls, rounds, seed, note } = workerData;
  const words = new Int32Array(note), text = Buffer.from(note, 8);
  const tell = call => { words[1] = text.write(call); words[0]++; };
  const compiled = new WebAssembly.Module(fs.readFileSync(file)), instance = () => new WebAssembly.Instance(compiled, {}).exports;
  const abused = instance();
  for (let round = 0; round < rounds; round++) hostileCaller(abused, declared, seed + round, calls, tell);
  // Both with the same memory to spare, which some of the values depend on.
  const other = instance();
  other.memory.grow((abused.memory.buffer.byteLength - other.memory.buffer.byteLength) / PAGE_BYTES);
  const last = hostileCaller(abused, declared, seed + rounds, calls, tell), fresh = hostileCaller(other, declared, seed + rounds, calls, tell);
  for (const [k, result] of fresh.entries())
    if (!Object.is(result.value, last[k].value)) throw new Error(`after wm_reset ${last[k].call} gives ${last[k].value}, in a new instance ${result.call} gives ${result.value}`);
  parentPort.postMessage(null);
}

if (isMainThread) await main();
else {
  try { work(); } catch (error) { parentPort.postMessage(String(error.message)); }
}
