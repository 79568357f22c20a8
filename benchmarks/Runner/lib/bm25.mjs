// Full-text search in V8: our search module, minisearch and flexsearch, each building an index of the same texts and answering the same questions, by turns.
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { percentile } from '../../../tests/instruments/lib/measure.mjs';
import { native, ours, peersMissing } from './kernels.mjs';
import { requirePeer } from './packages.mjs';
import { medians } from './turns.mjs';

const LIMIT = 10, HIT_BYTES = 16, TEXT_BYTES = 1 << 16;

/** What a figure reports for these texts and questions; `folder` is for the files of the oracle. */
export function compare(context, folder, texts, questions, { builds, rounds }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const engines = { wasm: () => ourIndex(context, 'search'), simd: () => ourIndex(context, 'search.simd'), minisearch: () => miniIndex(context.root), flexsearch: () => flexIndex(context.root) };
  const built = {};
  const buildMs = medians(Object.fromEntries(Object.entries(engines).map(([name, make]) => [name, () => { (built[name] = make()).build(texts); }])), { rounds: builds, warmups: 1 });

  const { wrong, details } = checkAnswers(context, folder, texts, questions, built);
  const times = Object.fromEntries(Object.keys(built).map(name => [name, questions.map(() => [])]));
  for (let round = -1; round < rounds; round++)
    for (const name of turned(Object.keys(built), round + 1))
      for (const [i, question] of questions.entries()) {
        const began = performance.now();
        built[name].ask(question);
        if (round >= 0) times[name][i].push(performance.now() - began);
      }
  const p50Us = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, 1000 * percentile(all.map(each => percentile(each, 50)), 50)]));
  return {
    values: {
      build_faster_than_minisearch: buildMs.minisearch / buildMs.wasm, query_faster_than_minisearch: p50Us.minisearch / p50Us.wasm,
      build_of_flexsearch: buildMs.wasm / buildMs.flexsearch, query_of_flexsearch: p50Us.wasm / p50Us.flexsearch,
    },
    details: { texts: texts.length, questions: questions.length, build_ms: buildMs, query_p50_us: p50Us, ...details }, wrong,
  };
}

const turned = (list, by) => list.map((_, k) => list[(k + by) % list.length]);

/** The native kernel, which is held against the formula there, gives the hits that the modules must give to the last bit. */
function checkAnswers(context, folder, texts, questions, built) {
  const file = name => path.join(folder, name);
  fs.writeFileSync(file('documents'), texts.join('\n'));
  fs.writeFileSync(file('questions'), questions.join('\n'));
  const { values, wrong } = native(context, 'search', file('documents'), file('questions'), file('answers'));
  const answers = fs.readFileSync(file('answers'));
  for (let i = 0, at = 0; i < questions.length; i++) {
    const expected = [];
    let count = answers.readInt32LE(at);
    for (at += 4; count > 0; count--, at += 12) expected.push({ document: answers.readInt32LE(at), score: answers.readDoubleLE(at + 4) });
    for (const name of ['wasm', 'simd']) {
      const found = built[name].ask(questions[i]);
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`"${questions[i]}": ${name} finds ${JSON.stringify(found).slice(0, 200)}, expected ${JSON.stringify(expected).slice(0, 200)}`);
    }
  }
  for (const name of ['minisearch', 'flexsearch'])
    if (!questions.some(question => built[name].ask(question).length)) wrong.push(`${name} finds nothing at all`);
  return { wrong, details: values };
}

function ourIndex(context, name) {
  const exports = ours(context, name), encoder = new TextEncoder(), text = exports.wm_alloc(TEXT_BYTES);
  const check = result => { if (result < 0) throw new Error(`${name} gives ${result}`); return result; };
  const put = string => encoder.encodeInto(string, new Uint8Array(exports.memory.buffer, text, TEXT_BYTES)).written;
  return {
    build: texts => { for (const each of texts) check(exports.search_add(text, put(each))); check(exports.search_commit()); },
    ask: question => {
      const count = check(exports.search_query(text, put(question), LIMIT)), view = new DataView(exports.memory.buffer, exports.search_results(), count * HIT_BYTES), hits = [];
      for (let at = 0; at < count * HIT_BYTES; at += HIT_BYTES) hits.push({ document: view.getInt32(at, true), score: view.getFloat64(at + 8, true) });
      return hits;
    },
  };
}

function miniIndex(root) {
  const MiniSearch = requirePeer(root, 'minisearch'), index = new MiniSearch({ fields: ['text'] });
  return { build: texts => index.addAll(texts.map((text, id) => ({ id, text }))), ask: question => index.search(question).slice(0, LIMIT) };
}

// With `suggest` it also gives texts that lack some of the words, as the others do.
function flexIndex(root) {
  const { Index } = requirePeer(root, 'flexsearch'), index = new Index();
  return { build: texts => texts.forEach((text, id) => index.add(id, text)), ask: question => index.search(question, { limit: LIMIT, suggest: true }) };
}
