// Reads calls from standard input, one a line: name, parameter letters, result letter, arguments, memory (hexadecimal). Writes a line each:
// `trap`, or the result's bits and memory afterwards. A trap ends the instance: the next call gets another one.
import fs from 'node:fs';

const module = new WebAssembly.Module(fs.readFileSync(process.argv[2]));
const view = new DataView(new ArrayBuffer(8));
let exports = null;

const numbers = {
  i: bits => Number(BigInt.asIntN(32, bits)),
  l: bits => BigInt.asIntN(64, bits),
  f: bits => (view.setUint32(0, Number(BigInt.asUintN(32, bits))), view.getFloat32(0)),
  d: bits => (view.setBigUint64(0, BigInt.asUintN(64, bits)), view.getFloat64(0)),
};
const results = {
  i: value => (value >>> 0).toString(16).padStart(8, '0'),
  l: value => BigInt.asUintN(64, value).toString(16).padStart(16, '0'),
  f: value => Number.isNaN(value) ? 'nan' : (view.setFloat32(0, value), results.i(view.getUint32(0))),
  d: value => Number.isNaN(value) ? 'nan' : (view.setFloat64(0, value), results.l(view.getBigUint64(0))),
  v: () => 'void',
};

const lines = fs.readFileSync(0, 'utf8').split('\n').filter(line => line.length > 0);
const answers = lines.map(line => {
  const [name, parameters, result, list, hex] = line.split(' ');
  exports ??= new WebAssembly.Instance(module, {}).exports;
  exports.wm_reset();
  const before = Buffer.from(hex, 'hex');
  const at = exports.wm_alloc(before.length);
  new Uint8Array(exports.memory.buffer).set(before, at);
  const bits = list === '-' ? [] : list.split(',').map(BigInt);
  const values = bits.map((b, k) => parameters[k] === 'p' ? at + 256 * Number(b) : numbers[parameters[k]](b));
  try {
    const value = exports[name](...values);
    return results[result](value) + ' ' + Buffer.from(new Uint8Array(exports.memory.buffer, at, before.length)).toString('hex');
  } catch (e) {
    if (!(e instanceof WebAssembly.RuntimeError)) throw e;
    exports = null;
    return 'trap ';
  }
});
process.stdout.write(answers.join('\n') + '\n');
