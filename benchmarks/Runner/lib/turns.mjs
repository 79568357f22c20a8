// Times of engines that take turns, so that what else the machine does meets all of them.
import { performance } from 'node:perf_hooks';
import { percentile } from '../../../tests/instruments/lib/measure.mjs';

/**
 * Runs every engine once a round, which it is told, in an order that turns, and gives the median milliseconds of each, by name. `warmups` rounds come first: the
 * machine code of a function that ran seldom is slower.
 */
export function medians(engines, { rounds, warmups = 2 }) {
  const names = Object.keys(engines), times = Object.fromEntries(names.map(name => [name, []]));
  for (let round = -warmups; round < rounds; round++) {
    for (let k = 0; k < names.length; k++) {
      const name = names[(k + round + warmups) % names.length], began = performance.now();
      engines[name](round + warmups);
      if (round >= 0) times[name].push(performance.now() - began);
    }
  }
  return Object.fromEntries(names.map(name => [name, percentile(times[name], 50)]));
}
