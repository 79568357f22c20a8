// Places in the five holographic dimensions, made from a number: the same on every machine.
import { seededRandom } from '../../../tests/instruments/lib/measure.mjs';

export const DIMENSIONS = 5;
const MOST_COINCIDING = 16; // places that share the coinciding half

/** Small counts of matched words, most often none. */
const count = random => { let n = 0; for (let p = random(); p < 0.45 && n < 6; n++) p = random(); return n; };
const balance = random => { const plus = count(random), minus = count(random); return plus + minus ? (plus - minus) / (plus + minus) : 0; };
const newness = days => (365 - days) / (365 + days);

/** One memory as the encoder places it (src/WhiteMagic.Kernels/Holographic): few values of x and y, ages that come in sessions, importance in tenths, half at the core. */
function memory(random, sessions) {
  const session = sessions[Math.floor(random() * sessions.length)];
  const importance = random() < 0.6 ? 0.5 : Math.max(0.5, Math.round(random() * 10) / 10), accesses = Math.floor(8 * random() ** 4);
  const length = random() < 0.5 ? 0 : random() < 0.7 ? 0.1 : 0.2, galacticDistance = random() < 0.5 ? 0 : random();
  return [
    balance(random), balance(random), newness(session + random() * 0.04),
    Math.min(2.5, importance + Math.min(accesses / 10, 0.5) + length),
    Math.min(1, 1 - galacticDistance + Math.min(accesses / 20, 0.3) + 0.2 * (importance - 0.5)),
  ];
}

/** `number` points, clustered as memories are. With `coinciding`, half of them lie on a few places, mixed among the others. */
export function memories(number, { seed = 5, coinciding = false } = {}) {
  const random = seededRandom(seed), points = new Float32Array(number * DIMENSIONS);
  const sessions = Array.from({ length: 1 + (number >> 7) }, () => 730 * random() ** 2);
  const places = Array.from({ length: MOST_COINCIDING }, () => memory(random, sessions));
  for (let i = 0; i < number; i++)
    points.set(coinciding && random() < 0.5 ? places[Math.floor(random() * places.length)] : memory(random, sessions), i * DIMENSIONS);
  return points;
}

/** Questions: half are stored places, half lie near one. */
export function questionsNear(points, number, seed = 6) {
  const random = seededRandom(seed), stored = points.length / DIMENSIONS, questions = new Float32Array(number * DIMENSIONS);
  for (let i = 0; i < number; i++) {
    const from = Math.floor(random() * stored) * DIMENSIONS, shift = i % 2 ? 0.1 : 0;
    for (let d = 0; d < DIMENSIONS; d++) questions[i * DIMENSIONS + d] = points[from + d] + shift * (random() - 0.5);
  }
  return questions;
}

const f = Math.fround;

/** The k nearest by looking at all: numbers of points and squared distances in float, added in the order that every engine keeps. */
export function nearestNaively(points, question, k) {
  const ids = [], distances = [];
  for (let i = 0; i < points.length; i += DIMENSIONS) {
    const s = [0, 1, 2, 3, 4].map(d => { const x = f(question[d] - points[i + d]); return f(x * x); });
    const distance = f(f(f(s[0] + s[1]) + f(s[2] + s[3])) + s[4]);
    if (ids.length === k && distance >= distances[k - 1]) continue;
    let place = ids.length;
    while (place > 0 && distances[place - 1] > distance) place--;
    ids.splice(place, 0, i / DIMENSIONS);
    distances.splice(place, 0, distance);
    if (ids.length > k) { ids.pop(); distances.pop(); }
  }
  return { ids, distances };
}
