// @modelcontextprotocol/server-memory, the official memory server on Node: installed once per lock file, started beside wm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StdioClient } from '../../../tests/instruments/lib/stdio-client.mjs';
import { isError } from '../../../tests/instruments/lib/server-map.mjs';

const ENTRY = 'node_modules/@modelcontextprotocol/server-memory/dist/index.js';

export function install(root) {
  const from = path.join(root, 'benchmarks'), hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(fs.readFileSync(path.join(from, name)));
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'whitemagic', 'benchmarks-' + hash.digest('hex').slice(0, 16));
  if (!fs.existsSync(path.join(folder, ENTRY))) {
    fs.mkdirSync(folder, { recursive: true });
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) fs.copyFileSync(path.join(from, name), path.join(folder, name));
    const run = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' });
    if (run.error || run.status !== 0) throw new Error(`npm ci failed: ${run.error ?? run.stderr + run.stdout}`);
  }
  return path.join(folder, ENTRY);
}

/** Starts it; `memories` are what it holds from the beginning, in its own file format. */
export function start(entry, folder, memories = []) {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'memory.jsonl');
  if (memories.length) fs.writeFileSync(file, memories.map(memory => JSON.stringify({ type: 'entity', ...entity(memory) })).join('\n'));
  return new StdioClient(process.execPath, [entry], { env: { MEMORY_FILE_PATH: file }, cwd: folder });
}

export const entity = memory => ({ name: memory.title, entityType: memory.tags[0], observations: [memory.content] });

export async function create(client, memory) {
  const began = performance.now();
  const message = await client.call('create_entities', { entities: [entity(memory)] });
  if (isError(message)) throw new Error('create_entities: ' + JSON.stringify(message).slice(0, 400));
  return performance.now() - began;
}
