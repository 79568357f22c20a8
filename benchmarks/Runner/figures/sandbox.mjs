// Work in our interpreter, compiled as in wm, against the same module compiled by V8. The host and V8 take turns.
import path from 'node:path';
import { native, peer, peerFile, peersMissing } from '../lib/kernels.mjs';

// V8 compiles a second time, and better, what is called more often.
const WARM_UPS = 5;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export async function measure(context, { workloads, operations, turns, rounds }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const compiled = peer(context, 'workloads'), names = Object.keys(workloads), wrong = [], v8 = {}, ours = {}, others = {};
  const large = path.join(context.root, 'dist/wasm/whitemagic_core.wasm');
  for (let turn = 0; turn < turns; turn++) {
    const { values, wrong: found } = native(context, 'sandbox', peerFile(context, 'workloads'), large, ...names.flatMap(name => [name, String(workloads[name])]));
    wrong.push(...found);
    for (const name of names) {
      const times = [];
      for (let i = -WARM_UPS; i < rounds; i++) {
        const began = performance.now(), answer = compiled[name](workloads[name]) >>> 0;
        if (i >= 0) times.push(performance.now() - began);
        if (answer !== values[name + '_answer']) wrong.push(`${name} is ${values[name + '_answer']}, in V8 ${answer}`);
      }
      (v8[name] ??= []).push(median(times));
      (ours[name] ??= []).push(values[name + '_ms']);
    }
    for (const name of ['call_ns', 'load_ms_100kb']) (others[name] ??= []).push(values[name]);
  }
  const ratios = Object.fromEntries(names.map(name => [name, median(ours[name]) / median(v8[name])]));
  const costs = Object.fromEntries(names.map(name => [name, median(ours[name]) * 1e6 / operations[name]]));
  return {
    values: {
      median_of_v8: median(Object.values(ratios)), worst_of_v8: Math.max(...Object.values(ratios)), operation_ns: median(Object.values(costs)),
      call_ns: median(others.call_ns), load_ms: median(others.load_ms_100kb),
    },
    details: { ratios, operation_ns: costs, ours_ms: Object.fromEntries(names.map(name => [name, median(ours[name])])), v8_ms: Object.fromEntries(names.map(name => [name, median(v8[name])])) },
    wrong,
  };
}
