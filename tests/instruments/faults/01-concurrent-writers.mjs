// Several server processes on one store; each client writes N; then a fresh process looks for every acknowledged write.
// --n 1000 --procs 2; --fresh lets all processes race to create the store.
import { createArguments, isError } from '../lib/server-map.mjs';
import { percentile, round2 } from '../lib/measure.mjs';
import { audit, errorText, range, Trial } from './lib.mjs';

const trial = new Trial('concurrent-writers');
const count = trial.number('n', 1000), processes = trial.number('procs', 2), dataDir = trial.folder('writers');
const { tool } = trial.map.ops.create;
const acknowledged = [], latenciesMs = [];
let writeErrors = 0, firstError;
const noteError = text => { writeErrors++; firstError ??= text; };

async function writeFrom(process) {
  const client = trial.start(dataDir);
  try {
    await client.open();
    for (let k = 0; k < count; k++) {
      const i = process * 1000000 + k, before = performance.now();
      const message = await client.call(tool, createArguments(trial.map, i), 60000);
      latenciesMs.push(performance.now() - before);
      if (isError(message)) noteError(errorText(message));
      else acknowledged.push(i);
    }
  } catch (error) { noteError(`${error} ${client.stderr.slice(-200)}`); }
  await client.close();
}

if (!trial.options.fresh) {
  const client = trial.start(dataDir);
  await client.open();
  await client.call(tool, createArguments(trial.map, 9999999));
  await client.close();
}
const began = performance.now();
await Promise.all(range(processes).map(writeFrom));
const wallMs = Math.round(performance.now() - began);
const audited = await audit(trial, dataDir, acknowledged);

trial.expect('every write is acknowledged', acknowledged.length === processes * count, `${acknowledged.length} of ${processes * count}; ${firstError}`);
trial.expect('every acknowledged write is found', audited.found === acknowledged.length, `${audited.found} of ${acknowledged.length}; ${audited.first_error ?? ''}`);
trial.finish({
  fresh: !!trial.options.fresh, procs: processes, each: count, wall_ms: wallMs, acknowledged: acknowledged.length, write_errors: writeErrors,
  first_error: firstError, p50: round2(percentile(latenciesMs, 50)), p99: round2(percentile(latenciesMs, 99)), lost: acknowledged.length - audited.found,
});
