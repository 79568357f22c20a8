// MinHash signatures of texts of 500 bytes: our module and the same in C in V8, in turns; natively against C; near-duplicates among 100,000.
import fs from 'node:fs';
import path from 'node:path';
import { native, ours, peer, peersMissing, put } from '../lib/kernels.mjs';
import { medians } from '../lib/turns.mjs';

const SIGNATURE_BYTES = 512;

export async function measure(context, { texts, textBytes, rounds, duplicates }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const encoder = new TextEncoder(), all = context.corpus.texts(texts, textBytes), wrong = [];
  const engines = { wasm: ours(context, 'core'), simd: ours(context, 'core.simd'), c: peer(context, 'minhash'), c_simd: peer(context, 'minhash.simd') };
  const runs = {}, found = {};
  for (const [name, exports] of Object.entries(engines)) {
    const allocate = exports.wm_alloc ?? exports.peer_alloc, pointers = all.map(text => put(exports, allocate, encoder.encode(text))), signature = allocate(SIGNATURE_BYTES);
    runs[name] = () => { for (const pointer of pointers) exports.minhash_signature(pointer, textBytes, signature); };
    found[name] = pointers.map(pointer => { exports.minhash_signature(pointer, textBytes, signature); return Buffer.from(new Uint8Array(exports.memory.buffer, signature, SIGNATURE_BYTES)).toString('hex'); });
  }
  for (const name in found) for (const [i, signature] of found[name].entries()) if (signature !== found.c[i]) wrong.push(`text ${i}: the signature of ${name} begins ${signature.slice(0, 32)}, that of C ${found.c[i].slice(0, 32)}`);
  const times = medians(runs, { rounds });

  const file = path.join(context.folder('signature'), 'texts');
  fs.writeFileSync(file, all.join('\n'));
  const host = native(context, 'signature', file), near = native(context, 'duplicates', writeNearDuplicates(context, duplicates));
  wrong.push(...host.wrong, ...near.wrong);
  const us = Object.fromEntries(Object.entries(times).map(([name, ms]) => [name + '_us', ms * 1000 / texts]));
  return {
    values: { wasm_of_c: times.wasm / times.c, simd_of_c: times.simd / times.c_simd, native_us: host.values.native_us, duplicates_s: near.values.seconds },
    details: { ...us, native: host.values, duplicates: near.values }, wrong,
  };
}

/** Memories, a line each; every hundredth is one of before with a word changed. Returns the file, in which the pairs are marked by a leading number. */
function writeNearDuplicates(context, { stored, textBytes }) {
  const texts = context.corpus.texts(stored, textBytes), lines = [];
  for (const [i, text] of texts.entries()) {
    const original = i % 100 === 99 ? i - 50 : -1;
    lines.push(`${original}\t${original < 0 ? text : texts[original].slice(0, texts[original].lastIndexOf(' ')) + ' changed'}`);
  }
  const file = path.join(context.folder('signature'), 'memories');
  fs.writeFileSync(file, lines.join('\n'));
  return file;
}
