// Malformed protocol input. After each case the server is alive, answers tools/list, and has written nothing but JSON-RPC.
// --bigmb 10 --timeout 15000 --only TEXT
import { createArguments, toolText } from '../lib/server-map.mjs';
import { badInputCases } from './bad-input-cases.mjs';
import { audit, Trial, within } from './lib.mjs';

const trial = new Trial('bad-input');
const timeoutMs = trial.number('timeout', 15000), SETTLE_MS = 60;
const cases = badInputCases(trial.map, trial.number('bigmb', 10)).filter(([name]) => !trial.options.only || name.includes(trial.options.only));
let dataDir, client;

async function startServer() {
  dataDir = trial.folder('bad');
  client = trial.start(dataDir);
  await client.open();
  await client.call(trial.map.ops.create.tool, createArguments(trial.map, 1));
}

const short = (text, length) => String(text).replace(/\s+/g, ' ').slice(0, length);
const firstNote = notes => short(JSON.stringify(notes[0].error ?? notes[0]), 110);

function describe(answer, notes) {
  const withoutId = notes.filter(note => note.error);
  if (answer === 'TIMEOUT') return withoutId.length ? 'reply without id: ' + firstNote(withoutId) : 'NO REPLY';
  if (typeof answer === 'string') return answer;
  if (answer.error) return `error ${answer.error.code} ${short(answer.error.message, 90)}`;
  return answer.result?.isError ? 'isError ' + short(toolText(answer), 90) : 'ok';
}

/** Waits for the answer with the id, or for one that cannot carry it (a parse error has id null). */
function answerTo(id, noteCount) {
  const withId = new Promise(resolve => client.pending.set(id, { resolve, reject: error => resolve('DIED ' + error.message) }));
  const withoutId = new Promise(resolve => {
    const timer = setInterval(() => {
      if (client.notes.slice(noteCount).some(note => note.error)) { clearInterval(timer); setTimeout(() => resolve('TIMEOUT'), SETTLE_MS); }
    }, 10);
    setTimeout(() => clearInterval(timer), timeoutMs);
  });
  return within(Promise.race([withId, withoutId]), timeoutMs);
}

async function runCase([name, line, id]) {
  const garbage = client.garbage.length, noteCount = client.notes.length, began = performance.now();
  const waiting = id === null ? null : answerTo(id, noteCount);
  client.send(line);
  let answer;
  if (waiting === null) {
    await new Promise(resolve => setTimeout(resolve, SETTLE_MS));
    const notes = client.notes.slice(noteCount);
    answer = notes.length ? firstNote(notes) : 'silent';
  } else {
    answer = describe(await waiting, client.notes.slice(noteCount));
    client.pending.delete(id);
  }
  const listed = await client.request('tools/list', {}, 20000).catch(error => ({ failure: error.message }));
  const alive = !!listed.result?.tools;
  trial.expect(`${name}: alive afterwards`, alive, `${listed.failure} ${client.stderr.slice(-160)}`);
  trial.expect(`${name}: answered`, answer !== 'NO REPLY' && !answer.startsWith('DIED'), answer);
  trial.expect(`${name}: stdout pure`, client.garbage.length === garbage, client.garbage.at(-1));
  console.log(JSON.stringify({ case: name, answer, ms: Math.round(performance.now() - began) }));
  if (alive) return;
  client.process.kill('SIGKILL');
  await client.exited;
  await startServer();
}

await startServer();
for (const each of cases) await runCase(each);
const residentKb = client.residentKb();
trial.expect('stdout carried JSON only', !client.garbage.length, client.garbage[0]);
await client.close();
const audited = await audit(trial, dataDir, [1]);
trial.expect('the store is as before', audited.found === 1, audited.first_error);
trial.finish({ cases: cases.length, resident_kb: residentKb });
