// The ten nearest of 100,000 places: our modules and the same in C, each scalar and simd128, in V8; ours and C natively; npm's k-d trees. In turns.
import fs from 'node:fs';
import path from 'node:path';
import { native, ours, peer, peersMissing, put } from '../lib/kernels.mjs';
import { requirePeer } from '../lib/packages.mjs';
import { DIMENSIONS, memories, nearestNaively, questionsNear } from '../lib/points.mjs';
import { medians } from '../lib/turns.mjs';

const K = 10;
const BLOCK = 100; // questions of a turn: short turns are seldom interrupted
const TOLERANCE = 1e-4; // npm's trees compute in double and root their distances

export async function measure(context, { stored, questions, slowQuestions, slowRounds, rounds, naive }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const points = memories(stored), asked = questionsNear(points, questions), wrong = [];
  const engines = { wasm: loadOurs(context, 'core', points), simd: loadOurs(context, 'core.simd', points), c: loadPeer(context, 'knn', points), c_simd: loadPeer(context, 'knn.simd', points) };
  const block = round => asked.subarray(round % (questions / BLOCK) * BLOCK * DIMENSIONS, (round % (questions / BLOCK) + 1) * BLOCK * DIMENSIONS);
  const question = i => asked.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
  const expected = [];
  for (let i = 0; i < questions; i++) {
    const right = i < naive ? nearestNaively(points, question(i), K) : engines.c.answer(question(i));
    expected.push(right);
    for (const name in engines) {
      const { ids, distances } = engines[name].answer(question(i));
      if (ids.join() !== right.ids.join() || distances.join() !== right.distances.join()) wrong.push(`question ${i}: ${name} gives ${ids} at ${distances}, expected ${right.ids} at ${right.distances}`);
    }
  }
  const npm = loadNpm(context.root, points);
  for (let i = 0; i < naive; i++)
    for (const name in npm) {
      const found = npm[name](question(i)), right = expected[i].distances.map(Math.sqrt);
      if (found.length !== K || found.some((distance, k) => Math.abs(distance - right[k]) > TOLERANCE)) wrong.push(`question ${i}: ${name} finds ${found}, expected ${right}`);
    }

  const times = medians(Object.fromEntries(Object.entries(engines).map(([name, engine]) => [name, round => engine.askAll(block(round))])), { rounds, warmups: questions / BLOCK });
  const slow = medians({
    simd: () => engines.simd.askAll(asked.subarray(0, slowQuestions * DIMENSIONS)),
    ...Object.fromEntries(Object.entries(npm).map(([name, ask]) => [name, () => { for (let i = 0; i < slowQuestions; i++) ask(question(i)); }])),
  }, { rounds: slowRounds });

  const folder = context.folder('nearest');
  fs.writeFileSync(path.join(folder, 'points'), points);
  fs.writeFileSync(path.join(folder, 'questions'), asked);
  const host = native(context, 'nearest', path.join(folder, 'points'), path.join(folder, 'questions'));
  wrong.push(...host.wrong);
  const us = Object.fromEntries(Object.entries(times).map(([name, ms]) => [name + '_us', ms * 1000 / BLOCK]));
  for (const name in npm) us[name + '_us'] = slow[name] * 1000 / slowQuestions;
  return {
    values: {
      wasm_of_c: times.wasm / times.c, simd_of_c: times.simd / times.c_simd, native_of_c: host.values.native_of_c,
      times_static_kdtree: slow.static_kdtree / slow.simd, times_kd_tree_javascript: slow.kd_tree_javascript / slow.simd,
    },
    details: { ...us, ...host.values }, wrong,
  };
}

const read = (exports, ids, distances, count) => ({ ids: [...new Int32Array(exports.memory.buffer, ids, count)], distances: [...new Float32Array(exports.memory.buffer, distances, count)] });

function engine(exports, query, ids, distances) {
  return {
    answer: q => { const count = query(q[0], q[1], q[2], q[3], q[4], K); return read(exports, ids(), distances(), count); },
    askAll: all => { for (let i = 0; i < all.length; i += DIMENSIONS) query(all[i], all[i + 1], all[i + 2], all[i + 3], all[i + 4], K); },
  };
}

function loadOurs(context, name, points) {
  const exports = ours(context, name), numbers = Int32Array.from({ length: points.length / DIMENSIONS }, (_, i) => i);
  const built = exports.spatial_build_5d(put(exports, exports.wm_alloc, numbers), put(exports, exports.wm_alloc, points), numbers.length);
  if (built !== 0) throw new Error(`${name}: spatial_build_5d gives ${built}`);
  return engine(exports, exports.spatial_query_5d, exports.spatial_result_ids, exports.spatial_result_distances);
}

function loadPeer(context, name, points) {
  const exports = peer(context, name);
  exports.knn_build(put(exports, exports.peer_alloc, points), points.length / DIMENSIONS);
  return engine(exports, exports.knn_query, exports.knn_ids, exports.knn_distances);
}

/** Functions that give the distances of the ten nearest, nearest first. */
function loadNpm(root, points) {
  const rows = Array.from({ length: points.length / DIMENSIONS }, (_, i) => [...points.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)]);
  const tree = requirePeer(root, 'static-kdtree')(rows);
  const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4]);
  const squared = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 + (a[3] - b[3]) ** 2 + (a[4] - b[4]) ** 2;
  // It sorts the array that it is given.
  const { kdTree: KdTree } = requirePeer(root, 'kd-tree-javascript');
  const dynamic = new KdTree([...rows], squared, [0, 1, 2, 3, 4]);
  return {
    static_kdtree: q => tree.knn(q, K).map(i => distance(rows[i], q)),
    kd_tree_javascript: q => dynamic.nearest(q, K).map(([, d]) => Math.sqrt(d)).sort((a, b) => a - b),
  };
}
