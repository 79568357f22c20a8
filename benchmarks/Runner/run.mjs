#!/usr/bin/env node
// Runs the figures of ../definitions and judges them: `run.mjs WM PEER [--peer-pragmas SQL] [--peer-build NAME] [--no-record] [FIGURE...]`.
// A run of all figures is recorded.
// Exit 1 when a line is missed or an answer is wrong.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Corpus } from './lib/corpus.mjs';
import { judge, print } from './lib/verdict.mjs';

const own = path.dirname(fileURLToPath(import.meta.url)), root = path.resolve(own, '../..');
const given = process.argv.slice(2);
const option = name => { const at = given.indexOf(name); return at < 0 ? '' : given.splice(at, 2)[1]; };
const flag = name => { const at = given.indexOf(name); return at >= 0 && !!given.splice(at, 1); };
const pragmas = option('--peer-pragmas'), peerBuild = option('--peer-build') || 'as wm', noRecord = flag('--no-record');
const [wm, peer, ...names] = given;

const definitions = fs.readdirSync(path.join(root, 'benchmarks/definitions')).filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(fs.readFileSync(path.join(root, 'benchmarks/definitions', name), 'utf8'))).sort((a, b) => a.order - b.order);
const unknown = names.filter(name => !definitions.some(definition => definition.name === name));
if (unknown.length) {
  console.error(`no figure ${unknown}; there are ${definitions.map(definition => definition.name).join(', ')}`);
  process.exit(2);
}

// The folder for the databases: on the disk of the repository, not in memory, since a commit is part of what is measured.
const scratch = fs.mkdtempSync(path.join(root, 'artifacts', 'bench-run-'));
const context = {
  root, wm, peer, pragmas,
  corpus: new Corpus(root),
  folder: name => { const folder = path.join(scratch, name); fs.mkdirSync(folder, { recursive: true }); return folder; },
  pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
};

const results = [];
for (const definition of definitions.filter(each => !names.length || names.includes(each.name))) {
  const { measure } = await import(`./figures/${definition.name}.mjs`);
  const began = Date.now();
  let measured;
  try { measured = await measure(context, definition.parameters ?? {}); }
  catch (error) { measured = { values: {}, wrong: [String(error.stack)] }; }
  const result = { figure: definition.name, seconds: Math.round((Date.now() - began) / 100) / 10, load: os.loadavg().map(each => Math.round(each * 100) / 100), ...judge(definition, measured) };
  results.push(result);
  print(result);
  for (const name of fs.readdirSync(scratch)) fs.rmSync(path.join(scratch, name), { recursive: true, force: true });
}
fs.rmSync(scratch, { recursive: true, force: true });

const say = (program, args) => { try { return execFileSync(program, args, { cwd: root, encoding: 'utf8' }).trim(); } catch { return 'unknown'; } };
const commit = say('git', ['rev-parse', '--short=10', 'HEAD']);
if (!noRecord && !names.length) {
  const changed = say('git', ['status', '--porcelain', '--', 'src', 'native', 'benchmarks/peer', 'benchmarks/Runner', 'benchmarks/definitions']);
  const date = new Date().toISOString();
  const record = {
    date, commit, uncommitted: changed ? changed.split('\n') : [],
    sdk: say('dotnet', ['--version']), node: process.version, cc: say('gcc', ['-dumpfullversion']),
    cpu: os.cpus()[0].model.trim(), cpus: os.cpus().length, memory_bytes: os.totalmem(), kernel: os.release(), peer_build: peerBuild, peer_pragmas: pragmas, results,
  };
  const file = path.join(root, 'benchmarks/record', `${date.slice(0, 10)}-${commit}.json`);
  fs.writeFileSync(file, JSON.stringify(record, null, 1) + '\n');
  console.log(`recorded in ${path.relative(root, file)}`);
}
const bad = results.filter(result => result.verdict === 'MISSED' || result.verdict === 'WRONG');
console.log(bad.length ? `missed or wrong: ${bad.map(result => result.figure).join(', ')}` : 'every line is kept');
process.exit(bad.length ? 1 : 0);
