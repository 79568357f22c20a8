// Writes in sequence, SIGKILL at a random moment, reopen: it must start, and every acknowledged write must be there.
// --rounds 30 --preload 2000 (a larger store widens the window of a write) --window 250 (ms) --seed N
import { createArguments, isError } from '../lib/server-map.mjs';
import { seededRandom } from '../lib/measure.mjs';
import { audit, errorText, Trial } from './lib.mjs';

const trial = new Trial('kill9');
const rounds = trial.number('rounds', 30), preload = trial.number('preload', 2000), windowMs = trial.number('window', 250);
const seed = trial.number('seed', Date.now() % 1000000), random = seededRandom(seed);
const dataDir = trial.folder('kill'), acknowledged = [], { tool } = trial.map.ops.create;
const RECENT = 25, EARLIER = 25, EARLIEST_KILL_MS = 20;
let next = 0, done = 0;

async function fillStore() {
  const client = trial.start(dataDir);
  await client.open();
  for (; next < preload; next++) {
    const message = await client.call(tool, createArguments(trial.map, next));
    if (!trial.expect('the store can be filled', !isError(message), errorText(message))) break;
    acknowledged.push(next);
  }
  await client.close();
}

async function writeUntilKilled(round) {
  const client = trial.start(dataDir);
  try { await client.open(); } catch (error) {
    trial.expect(`round ${round}: starts after a kill`, false, `${error} ${client.stderr.slice(-200)}`);
    return;
  }
  setTimeout(() => client.process.kill('SIGKILL'), EARLIEST_KILL_MS + random() * windowMs);
  try {
    for (;;) {
      const i = next++;
      const message = await client.call(tool, createArguments(trial.map, i), 20000);
      if (!trial.expect(`round ${round}: writes after a kill`, !isError(message), errorText(message))) break;
      acknowledged.push(i);
    }
  } catch { /* the kill ends the loop */ }
  await client.exited;
}

/** The last writes are the ones at risk; a sample of the others shows that the store as a whole is readable. */
async function auditSample(round) {
  const sample = acknowledged.slice(-RECENT);
  const earlier = acknowledged.slice(0, -RECENT);
  for (let k = 0; k < Math.min(EARLIER, earlier.length); k++) sample.push(earlier[Math.floor(random() * earlier.length)]);
  const audited = await audit(trial, dataDir, sample);
  trial.expect(`round ${round}: the store is readable after a kill`, audited.errors === 0, audited.first_error + ' ' + audited.stderr.slice(-150));
  trial.expect(`round ${round}: acknowledged writes are there`, audited.missing === 0, `missing ${audited.missing_first}`);
}

await fillStore();
for (let round = 0; round < rounds && !trial.problems.length; round++, done++) {
  await writeUntilKilled(round);
  if (!trial.problems.length) await auditSample(round);
}
const whole = await audit(trial, dataDir, acknowledged);
trial.expect('in the end every acknowledged write is there', whole.found === acknowledged.length, `${whole.found} of ${acknowledged.length}`);
trial.finish({ seed, preload, rounds: done, acknowledged: acknowledged.length, lost: acknowledged.length - whole.found });
