// The store on a read-only mount (root ignores file modes, so the mount is made read-only): the server starts,
// reads work, and a write is answered with an error.
import { createArguments, isError } from '../lib/server-map.mjs';
import { audit, errorName, errorText, range, Trial } from './lib.mjs';
import { onTmpfs } from './mount.mjs';

const trial = new Trial('readonly');
const COUNT = 20, { create } = trial.map.ops, facts = {};

await onTmpfs(trial.folder('readonly'), '64m', async (dataDir, remount) => {
  let client = trial.start(dataDir);
  await client.open();
  for (const i of range(COUNT)) {
    const message = await client.call(create.tool, createArguments(trial.map, i));
    trial.expect('the store can be filled', !isError(message), errorText(message));
  }
  await client.close();
  remount('ro');
  client = trial.start(dataDir);
  try {
    await client.open(10000);
    const message = await client.call(create.tool, createArguments(trial.map, 777), 10000);
    facts.write = errorText(message);
    trial.expect('a write is refused', isError(message), 'acknowledged');
    trial.expect('the error has a name', errorName(message), facts.write);
    trial.expect('the server lives on', (await client.request('tools/list', {}, 5000)).result);
  } catch (error) { trial.expect('the server starts and answers on a read-only store', false, `${error} ${client.stderr.slice(-300)}`); }
  await client.close();
  const audited = await audit(trial, dataDir, range(COUNT));
  facts.found = audited.found;
  trial.expect('reads work', audited.found === COUNT, `${audited.found} of ${COUNT}; ${audited.first_error}`);
});
trial.finish(facts);
