// The store on a small tmpfs (needs root): write until it fails. The failure is an error and not an acknowledgement,
// nothing acknowledged is lost, and writing goes on when there is space again. --size 1m --payload 2000
import { createArguments, isError, searchArguments } from '../lib/server-map.mjs';
import { audit, errorName, errorText, findsMemory, Trial } from './lib.mjs';
import { onTmpfs } from './mount.mjs';

const trial = new Trial('disk-full');
const payload = trial.number('payload', 2000), MOST_WRITES = 20000;
const { create, search } = trial.map.ops, facts = {};

async function writeUntilFull(client, acknowledged) {
  for (let i = 0; i < MOST_WRITES; i++) {
    const message = await client.call(create.tool, createArguments(trial.map, i, { payload }), 20000);
    if (isError(message)) return message;
    acknowledged.push(i);
  }
  return null;
}

await onTmpfs(trial.folder('full'), trial.options.size ?? '1m', async (dataDir, remount) => {
  let client = trial.start(dataDir);
  const acknowledged = [];
  try {
    await client.open();
    const failure = await writeUntilFull(client, acknowledged);
    facts.error = failure && errorText(failure);
    if (trial.expect('a full disk is reported', failure !== null))
      trial.expect('the error has a name', errorName(failure), facts.error);
    trial.expect('the server answers while the disk is full', (await client.request('tools/list', {}, 5000)).result);
    if (acknowledged.length) {
      const found = await client.call(search.tool, searchArguments(trial.map, 'uniq0tok'), 10000);
      facts.reads_while_full = findsMemory(found, 0) || errorText(found);
    }
  } catch (error) { trial.expect('the server survives a full disk', false, `${error} ${client.stderr.slice(-200)}`); }
  await client.close();

  const sample = acknowledged.length > 200 ? [...acknowledged.slice(0, 50), ...acknowledged.slice(-50)] : acknowledged;
  facts.acknowledged = acknowledged.length;
  facts.after_restart_full = (await audit(trial, dataDir, sample)).found;
  remount('size=64m');
  const freed = await audit(trial, dataDir, sample);
  trial.expect('nothing acknowledged is lost', freed.found === sample.length, `${freed.found} of ${sample.length}; ${freed.first_error}`);
  client = trial.start(dataDir);
  await client.open();
  const written = await client.call(create.tool, createArguments(trial.map, 555555));
  trial.expect('writing goes on when there is space', !isError(written), errorText(written));
  await client.close();
});
trial.finish(facts);
