// The life of a process: EOF, a request in flight at EOF, SIGTERM, 200 pipelined requests, a missing folder, a damaged file.
// --n 200 (pipelined). Every claim is asserted; the problems say which did not hold.
import fs from 'node:fs';
import path from 'node:path';
import { diskBytes } from '../lib/measure.mjs';
import { createArguments, isError, launchIn, searchArguments } from '../lib/server-map.mjs';
import { audit, errorName, errorText, findsMemory, range, Trial, within } from './lib.mjs';

const trial = new Trial('lifecycle');
const { create, search } = trial.map.ops, facts = {};
const EXIT_LIMIT_MS = 1000;

async function endOfInput() {
  const client = trial.start(trial.folder('eof'));
  await client.open();
  const began = performance.now(), exit = await client.close(5000);
  facts.eof_ms = Math.round(performance.now() - began);
  trial.expect('EOF: exit 0', exit.code === 0 && !client.forced, JSON.stringify(exit));
  trial.expect('EOF: within a second', facts.eof_ms <= EXIT_LIMIT_MS, facts.eof_ms + ' ms');
}

async function requestInFlightAtEof() {
  const dataDir = trial.folder('inflight'), client = trial.start(dataDir);
  await client.open();
  const answer = client.call(create.tool, createArguments(trial.map, 5)).catch(error => ({ error: { message: 'lost: ' + error.message } }));
  const began = performance.now();
  client.process.stdin.end();
  const message = await within(answer, 5000);
  trial.expect('in flight at EOF: answered', message !== 'TIMEOUT' && !isError(message), message === 'TIMEOUT' ? message : errorText(message));
  const exit = await within(client.exited, 5000);
  facts.inflight_eof_ms = Math.round(performance.now() - began);
  if (exit === 'TIMEOUT') client.process.kill('SIGKILL');
  trial.expect('in flight at EOF: exit 0', exit.code === 0, JSON.stringify(exit));
  trial.expect('in flight at EOF: gone within a second', facts.inflight_eof_ms <= EXIT_LIMIT_MS, facts.inflight_eof_ms + ' ms');
  const audited = await audit(trial, dataDir, [5]);
  trial.expect('in flight at EOF: stored', audited.found === 1, audited.first_error);
}

async function termination() {
  const client = trial.start(trial.folder('term'));
  await client.open();
  const began = performance.now();
  client.process.kill('SIGTERM');
  const exit = await within(client.exited, 5000);
  facts.sigterm_ms = Math.round(performance.now() - began);
  if (exit === 'TIMEOUT') client.process.kill('SIGKILL');
  trial.expect('SIGTERM: exit 0', exit.code === 0, JSON.stringify(exit));
  trial.expect('SIGTERM: within a second', facts.sigterm_ms <= EXIT_LIMIT_MS, facts.sigterm_ms + ' ms');
}

async function pipelined() {
  const count = trial.number('n', 200), dataDir = trial.folder('pipe'), client = trial.start(dataDir);
  await client.open();
  const began = performance.now();
  const answers = await Promise.all(range(count).map(i => client.call(create.tool, createArguments(trial.map, i), 60000)
    .then(message => (isError(message) ? errorText(message) : 'ok'), String)));
  facts.pipelined_ms = Math.round(performance.now() - began);
  await client.close();
  const answered = answers.filter(answer => answer === 'ok').length;
  trial.expect(`pipelined: ${count} answered`, answered === count, `${answered}; ${answers.find(answer => answer !== 'ok')}`);
  const audited = await audit(trial, dataDir, range(count));
  facts.pipelined_kept = audited.found;
  trial.expect(`pipelined: ${count} kept`, audited.found === count, `${audited.found}; ${audited.first_error ?? ''}`);
}

async function missingFolder() {
  const parent = trial.folder('nofolder'), dataDir = path.join(parent, 'does', 'not', 'exist');
  const client = launchIn(trial.map, trial.command, dataDir, parent, trial.options);
  try {
    await client.open(10000);
    const message = await client.call(create.tool, createArguments(trial.map, 1), 10000);
    trial.expect('missing folder: a write is stored', !isError(message), errorText(message));
  } catch (error) { trial.expect('missing folder: the server starts', false, `${error} ${client.stderr.slice(-150)}`); }
  await client.close();
  trial.expect('missing folder: made', diskBytes(dataDir) > 0, 'nothing at the path');
}

const overwrite = (file, offset, length) => {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(length, 0xff), 0, length, offset);
  fs.closeSync(handle);
};
const DAMAGES = {
  'cut tail': (file, size) => fs.truncateSync(file, size - 37),
  'overwritten middle': (file, size) => overwrite(file, Math.floor(size / 2), 64),
  'overwritten head': file => overwrite(file, 0, 100),
};
const STORED = 50;

function largestFile(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).map(name => path.join(folder, name)).filter(file => fs.statSync(file).isFile());
  return files.sort((a, b) => fs.statSync(b).size - fs.statSync(a).size)[0];
}

/** A damaged file is answered with a named error or with what is still readable: never silence, never a new empty store. */
async function damagedFile() {
  const sound = trial.folder('sound');
  const client = trial.start(sound);
  await client.open();
  for (const i of range(STORED)) await client.call(create.tool, createArguments(trial.map, i));
  await client.close();
  const name = path.relative(sound, largestFile(sound));
  facts.damaged = {};
  for (const [how, damage] of Object.entries(DAMAGES)) {
    const dataDir = trial.folder('damaged');
    fs.cpSync(sound, dataDir, { recursive: true });
    const file = path.join(dataDir, name);
    damage(file, fs.statSync(file).size);
    facts.damaged[how] = await askDamaged(how, dataDir);
  }
}

async function askDamaged(how, dataDir) {
  const client = trial.start(dataDir), seen = {};
  try {
    await client.open(10000);
    const read = await client.call(search.tool, searchArguments(trial.map, 'uniq3tok'), 10000);
    seen.search = isError(read) ? errorName(read) ?? 'nameless: ' + errorText(read) : findsMemory(read, 3) ? 'found' : 'not found';
    const write = await client.call(create.tool, createArguments(trial.map, 90), 10000);
    seen.write = isError(write) ? errorName(write) ?? 'nameless: ' + errorText(write) : 'acknowledged';
  } catch (error) { trial.expect(`${how}: answered`, false, `${error} ${client.stderr.slice(-200)}`); }
  await client.close();
  for (const [call, outcome] of Object.entries(seen))
    trial.expect(`${how}: the error of a ${call} has a name`, !outcome.startsWith('nameless'), outcome);
  const audited = await audit(trial, dataDir, range(STORED));
  seen.readable = audited.found;
  seen.errors = audited.errors;
  trial.expect(`${how}: what cannot be read is reported`, audited.found > 0 || audited.errors > 0, 'the store looks empty and nothing says so');
  trial.expect(`${how}: no new empty store takes its place`, audited.found > 0 || seen.write !== 'acknowledged', 'a write was acknowledged and nothing else is readable');
  return seen;
}

for (const part of [endOfInput, requestInFlightAtEof, termination, pipelined, missingFolder, damagedFile]) {
  try { await part(); } catch (error) { trial.expect(part.name, false, error.stack); }
}
trial.finish(facts);
