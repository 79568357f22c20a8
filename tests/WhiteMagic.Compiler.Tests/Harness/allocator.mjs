// Takes and gives blocks in a random but repeatable order, and checks what the runtime promises of them. Prints `ok` or throws.
import fs from 'node:fs';
import assert from 'node:assert';

const wasm = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(process.argv[2])), {}).exports;
let seed = 12345;
const random = below => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % below);
const bytes = (at, length) => new Uint8Array(wasm.memory.buffer, at, length);

for (let round = 0; round < 3; round++) {
  wasm.wm_reset();
  assert.equal(wasm.calls(), 5);
  const blocks = [];
  for (let i = 0; i < 3000; i++) {
    if (blocks.length > 0 && random(3) === 0) {
      const [at, length, mark] = blocks.splice(random(blocks.length), 1)[0];
      assert(bytes(at, length).every(b => b === mark), 'somebody else wrote into a block');
      wasm.give(at);
      continue;
    }
    const length = random(4) === 0 ? random(100000) : random(300);
    const at = wasm.take(length);
    assert(at > 0 && at % 16 === 0, 'not aligned');
    assert(bytes(at, length).every(b => b === 0), 'not zeroed');
    assert.equal(wasm.is_inside(at, length), 1);
    const mark = 1 + random(255);
    bytes(at, length).fill(mark);
    blocks.push([at, length, mark]);
  }
  for (const [at, length, mark] of blocks) assert(bytes(at, length).every(b => b === mark), 'overlap');
}

wasm.wm_reset();
const top = wasm.take(16) + 16;
assert.equal(wasm.is_inside(top - 16, 16), 1);
assert.equal(wasm.is_inside(top - 16, 17), 0);
assert.equal(wasm.is_inside(top, 1), 0);
assert.equal(wasm.is_inside(0, 1), 0);
assert.equal(wasm.is_inside(0, 0), 1);
assert.equal(wasm.is_inside(65535, 4), 0);
assert.equal(wasm.is_inside(-1 >>> 0, 0xffffffff), 0);
assert.equal(wasm.is_inside(top - 16, 0xffffffff), 0);
wasm.give(0);
assert.equal(wasm.take(0xffffffff), 0);
assert.equal(wasm.take(0x7ffffff0), 0);
assert.notEqual(wasm.take(0), 0);
const large = wasm.take(100 << 20);
assert(large > 0 && bytes(large, 100 << 20)[(100 << 20) - 1] === 0);
assert.equal(wasm.wm_alloc(8) % 16, 0);
console.log('ok');
