// Calls the exports of one module instance with values that a caller should not use, and watches the bytes around the memory it was given.
import { seededRandom } from './measure.mjs';

const CANARY_BYTES = 4096, ARENA_BYTES = 65536, BIG_BYTES = 9 << 20;
// What a call may be asked to write reaches from the arena or the big block this far: 65,536 slots of 128 bytes.
const SPILL_BYTES = 9 << 20;
const CANARIES = new Uint8Array(CANARY_BYTES).fill(0xA5);
const LEAST_CODE = -7; // KernelError: -1 to -7
// The runtime's own: with sizes of 2 GB they only use up memory. They are looked at by themselves.
const RUNTIME = new Set(['memory', 'wm_alloc', 'wm_reset']);

const EXTREMES_32 = [0x7fffffff, -0x80000000, -0x7fffffff, 0x40000000, 0x20000000, -1, -2, -16, -65536];
const EXTREMES_64 = [2n ** 63n - 1n, -(2n ** 63n), -1n, 1n << 62n, 1n << 53n, 0xffffffffn, 0x80000000n];
const EXTREMES_FLOAT = [NaN, Infinity, -Infinity, -0, 5e-324, -5e-324, 1e-45, 1.7976931348623157e308, -1.7976931348623157e308, 3.4028234663852886e38, 1e39, 2 ** 31, -(2 ** 31) - 1, 2 ** 63];

/** The results of `calls` calls, each with its description. Throws at the first broken claim. The same seed and memory size make the same calls. */
export function hostileCaller(exports, declared, seed, calls, tell) {
  const random = seededRandom(seed), below = n => Math.floor(random() * n), pick = list => list[below(list.length)];
  exports.wm_reset();
  checkAllocation(exports);
  exports.wm_reset();
  const allocate = bytes => { const at = exports.wm_alloc(bytes) >>> 0; if (!at) throw new Error(`wm_alloc(${bytes}) gives 0`); return at; };
  const before = allocate(CANARY_BYTES), arena = allocate(ARENA_BYTES);
  allocate(SPILL_BYTES);
  const big = allocate(BIG_BYTES);
  allocate(SPILL_BYTES);
  const after = allocate(CANARY_BYTES);
  const bytes = (at, count) => new Uint8Array(exports.memory.buffer, at, count);
  for (const at of [before, after]) bytes(at, CANARY_BYTES).set(CANARIES);

  // Shared memory may be overwritten by anybody, so what was attached here is, too.
  const text = () => { const to = bytes(arena, ARENA_BYTES); for (let i = 0; i < ARENA_BYTES; i++) to[i] = random() < 0.16 ? 32 : 97 + below(26); };
  const noise = () => { const to = bytes(arena, ARENA_BYTES); for (let i = 0; i < ARENA_BYTES; i++) to[i] = below(256); };
  const fill = () => pick([text, noise, () => bytes(arena, ARENA_BYTES).fill(0), () => bytes(big, BIG_BYTES).fill(0)])();
  const makers = {
    i32: () => {
      const kind = random();
      if (kind < 0.3) return arena + 16 * below(ARENA_BYTES / 16);
      if (kind < 0.34) return arena + below(ARENA_BYTES);
      if (kind < 0.4) return big;
      if (kind < 0.45) return pick([BIG_BYTES, BIG_BYTES - 1, 65536, ARENA_BYTES + 1]);
      if (kind < 0.5) return pick([0, 1, 4, 1024, 65535]);
      if (kind < 0.55) return exports.memory.buffer.byteLength + pick([0, -1, 1, 16, 65536]);
      if (kind < 0.6) return pick(EXTREMES_32);
      return kind < 0.9 ? below(104) - 4 : below(4096);
    },
    i64: () => { const kind = random(); return kind < 0.4 ? BigInt(below(1000)) : kind < 0.6 ? BigInt(below(2 ** 48)) : kind < 0.8 ? pick(EXTREMES_64) : BigInt.asIntN(64, BigInt(below(2 ** 32)) << 32n | BigInt(below(2 ** 32))); },
    f64: () => { const kind = random(); return kind < 0.5 ? 4 * random() - 2 : kind < 0.75 ? pick(EXTREMES_FLOAT) : below(400) - 20; },
  };
  makers.f32 = makers.f64;

  const functions = declared.filter(each => each.kind === 'function' && !RUNTIME.has(each.name)), results = [];
  for (let k = 0; k < calls; k++) {
    if (k % 50 === 0) fill();
    const { name, parameters, results: types } = k < functions.length ? functions[k] : pick(functions);
    const args = parameters.map(type => makers[type]()), call = `call ${k}: ${name}(${args.join(', ')})`;
    tell(`seed ${seed}, ${call}`);
    let value;
    try { value = exports[name](...args); } catch (error) { throw new Error(`seed ${seed}, ${call}: ${error.message}`); }
    // A pointer above 2 GB would look negative too, but memory does not grow so far here. 64 bits may be a counter in memory that was overwritten by us.
    if (types.length && types[0] !== 'i64' && (value < 0 ? !(value >= LEAST_CODE && Number.isInteger(Number(value))) : Number.isNaN(value))) throw new Error(`seed ${seed}, ${call} gives ${value}, which is no documented code`);
    for (const at of [before, after])
      if (Buffer.compare(bytes(at, CANARY_BYTES), CANARIES)) throw new Error(`seed ${seed}, ${call}: bytes ${at === before ? 'before' : 'behind'} the memory were written`);
    results.push({ call, value });
  }
  return results;
}

/** wm_alloc gives zeroed memory inside, aligned to 16, or 0. */
function checkAllocation(exports) {
  for (const size of [0, 1, 15, 16, 17, 65536, 1 << 20, 0x7fffffff, -0x80000000, -1, -16, -17]) {
    const at = exports.wm_alloc(size) >>> 0;
    if (at && (at % 16 || at + (size >>> 0) > exports.memory.buffer.byteLength)) throw new Error(`wm_alloc(${size}) gives ${at}`);
    if (at && size > 0 && size <= 1 << 20 && new Uint8Array(exports.memory.buffer, at, size).some(byte => byte !== 0)) throw new Error(`wm_alloc(${size}) gives memory that is not zero`);
  }
}
