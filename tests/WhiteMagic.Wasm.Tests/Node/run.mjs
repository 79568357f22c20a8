// Runs the modules of a file, each with its length before it, and prints a line for each: how `run` ended, its values as bits, globals, a hash of memory.
import fs from 'node:fs';

const traps = [
  [/unreachable/, 'Unreachable'], [/(divide|remainder) by zero/, 'IntegerDivideByZero'], [/unrepresentable/, 'Conversion'],
  [/memory access out of bounds/, 'Memory'], [/table index is out of bounds|table or elem|element segment|table access/i, 'Table'], [/null function or function signature/, 'Table'], [/call stack/, 'Stack'],
];
const host = (a, b) => BigInt.asIntN(64, 31n * BigInt(a) + b);
const view = new DataView(new ArrayBuffer(8));
const single = value => (Number.isNaN(value) ? 0x7fc00000n : (view.setFloat32(0, value), BigInt(view.getUint32(0))));
const double = value => (Number.isNaN(value) ? 0x7ff8000000000000n : (view.setFloat64(0, value), view.getBigUint64(0)));

const bytes = fs.readFileSync(process.argv[2]), lines = [];
for (let at = 0; at < bytes.length;) {
  const length = bytes.readInt32LE(at), module = new WebAssembly.Module(bytes.subarray(at + 4, at + 4 + length));
  at += 4 + length;
  const { run, memory, g0, g1, g2 } = new WebAssembly.Instance(module, { env: { host } }).exports;
  let end = 'None', values = [];
  try {
    const [a, b, c, d] = run();
    values = [BigInt(a >>> 0), BigInt.asUintN(64, b), single(c), double(d)];
  } catch (e) {
    end = traps.find(([pattern]) => pattern.test(e.message))?.[1] ?? e.message;
  }
  values.push(BigInt(g0.value >>> 0), BigInt.asUintN(64, g1.value), double(g2.value));
  const words = new Uint32Array(memory.buffer);
  let hash = 17;
  for (let i = 0; i < words.length; i++) hash = (Math.imul(hash, 31) + words[i]) | 0;
  lines.push(`${end} ${values.map(value => value.toString(16)).join(' ')} ${words.length} ${(hash >>> 0).toString(16)}`);
}
fs.writeSync(1, lines.join('\n'));
