// Small statistics over milliseconds, and bytes on disk.
import fs from 'node:fs';
import path from 'node:path';

export const round2 = value => Math.round(value * 100) / 100;

export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.ceil(percent / 100 * sorted.length) - 1)] : NaN;
}

export function summary(valuesMs, wallMs) {
  return {
    n: valuesMs.length, per_s: round2(valuesMs.length / (wallMs / 1000)),
    mean: round2(valuesMs.reduce((sum, value) => sum + value, 0) / valuesMs.length),
    p50: round2(percentile(valuesMs, 50)), p95: round2(percentile(valuesMs, 95)),
    p99: round2(percentile(valuesMs, 99)), max: round2(Math.max(...valuesMs)),
  };
}

export function diskBytes(target) {
  try {
    const stat = fs.statSync(target);
    if (stat.isFile()) return stat.size;
    return fs.readdirSync(target).reduce((sum, name) => sum + diskBytes(path.join(target, name)), 0);
  } catch { return 0; }
}

/** A small seeded generator (mulberry32), so that a failing run can be repeated. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
