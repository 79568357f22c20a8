#!/usr/bin/env node
// Replays a tape of calls (written by tests/WhiteMagic.Kernels.Tests/Differential) on WebAssembly modules and compares every result and every byte read:
// `wasm-tape.mjs TAPE MODULE.wasm...`. Each module is instantiated with an empty import object. Exit 1 names the first difference of each module.
import fs from 'node:fs';
import path from 'node:path';

const ALLOCATE = 1, WRITE = 2, READ = 3, RESET = 4, CALL = 5;
const NOTHING = 0, INT32 = 1, INT64 = 2, FLOAT32 = 3, FLOAT64 = 4, POINTER = 5;
const NO_BLOCK = -1;

class Difference extends Error {}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }
  get ended() { return this.at === this.bytes.length; }
  take(count) { const from = this.at; this.at += count; if (this.at > this.bytes.length) throw new Error('the tape is torn'); return from; }
  u8() { return this.view.getUint8(this.take(1)); }
  i32() { return this.view.getInt32(this.take(4), true); }
  i64() { return this.view.getBigInt64(this.take(8), true); }
  f32() { return this.view.getFloat32(this.take(4), true); }
  f64() { return this.view.getFloat64(this.take(8), true); }
  range(count) { const from = this.take(count); return this.bytes.subarray(from, from + count); }
  text() { return Buffer.from(this.range(this.u8())).toString('latin1'); } // names are short: one byte of length
  pointer() { return { block: this.i32(), offset: this.i32() }; }
  value() {
    const kind = this.u8();
    switch (kind) {
      case NOTHING: return { kind };
      case INT32: return { kind, value: this.i32() };
      case INT64: return { kind, value: this.i64() };
      case FLOAT32: return { kind, value: this.f32() };
      case FLOAT64: return { kind, value: this.f64() };
      case POINTER: return { kind, value: this.pointer() };
      default: throw new Error(`the tape holds a value of kind ${kind}`);
    }
  }
}

const hex = byte => byte.toString(16).padStart(2, '0');
const showPointer = ({ block, offset }) => (block === NO_BLOCK ? 'null' : `block ${block} + ${offset}`);
const show = number => (Object.is(number, -0) ? '-0' : String(number));
const showArgument = ({ kind, value }) => (kind === POINTER ? showPointer(value) : show(value));

function replay(tape, exports) {
  const reader = new Reader(tape), blocks = [];
  let calls = 0;
  const address = ({ block, offset }) => (block === NO_BLOCK ? offset : blocks[block] + offset) >>> 0;
  const memory = (pointer, count) => new Uint8Array(exports.memory.buffer, address(pointer), count);
  // The engine adds its own words to a trap; which call it was only the tape knows.
  const run = (what, action) => { try { return action(); } catch (error) { throw new Difference(`${what}: ${error.message}`); } };

  function call() {
    const name = reader.text(), given = [];
    for (let count = reader.u8(); count > 0; count--) given.push(reader.value());
    const expected = reader.value();
    calls++;
    if (typeof exports[name] !== 'function') throw new Difference(`call ${calls}: ${name} is not exported`);
    const what = `call ${calls}: ${name}(${given.map(showArgument).join(', ')})`;
    const got = run(what, () => exports[name](...given.map(({ kind, value }) => (kind === POINTER ? address(value) : value))));
    const fail = shown => { throw new Difference(`${what}: expected ${shown}, got ${got === undefined ? 'nothing' : show(got)}`); };
    if (expected.kind === NOTHING) { if (got !== undefined) fail('nothing'); }
    else if (expected.kind !== POINTER) { if (!Object.is(got, expected.value)) fail(show(expected.value)); }
    else if (expected.value.block === NO_BLOCK) { if (got !== 0) fail('null'); }
    else if (!got) fail('a pointer');
    else blocks[expected.value.block] = got;
    if (expected.kind === POINTER && expected.value.block !== NO_BLOCK && expected.value.block !== blocks.length - 1) throw new Error('the tape numbers its blocks wrongly');
  }

  while (!reader.ended) {
    const operation = reader.u8();
    if (operation === CALL) call();
    else if (operation === ALLOCATE) {
      const bytes = reader.i32(), got = run(`wm_alloc(${bytes}) after call ${calls}`, () => exports.wm_alloc(bytes));
      if (!got || got % 16) throw new Difference(`wm_alloc(${bytes}) after call ${calls}: got ${got}`);
      blocks.push(got);
      const first = memory({ block: blocks.length - 1, offset: 0 }, bytes).findIndex(byte => byte !== 0);
      if (first >= 0) throw new Difference(`wm_alloc(${bytes}) after call ${calls}: byte ${first} is not 0`);
    } else if (operation === RESET) run(`wm_reset after call ${calls}`, () => exports.wm_reset());
    else if (operation === WRITE || operation === READ) {
      const pointer = reader.pointer(), bytes = reader.range(reader.i32()), found = memory(pointer, bytes.length);
      if (operation === WRITE) found.set(bytes);
      else if (Buffer.compare(found, bytes)) {
        const k = bytes.findIndex((byte, index) => byte !== found[index]);
        throw new Difference(`read at ${showPointer(pointer)} after call ${calls}: byte ${k} of ${bytes.length}: expected ${hex(bytes[k])}, got ${hex(found[k])}`);
      }
    } else throw new Error(`the tape holds operation ${operation}`);
  }
  return calls;
}

const [tapeFile, ...modules] = process.argv.slice(2);
const tape = fs.readFileSync(tapeFile);
let failed = 0;
for (const file of modules) {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(file)), {});
    console.log(`${path.basename(file)}: ${replay(tape, exports)} calls agree`);
  } catch (error) {
    failed++;
    console.log(`${path.basename(file)}: ${error instanceof Difference ? error.message : error.stack}`);
  }
}
process.exit(failed || !modules.length ? 1 : 0);
