// @modelcontextprotocol/server-memory, the official memory server on Node: started beside wm.
import fs from 'node:fs';
import path from 'node:path';
import { StdioClient } from '../../../tests/instruments/lib/stdio-client.mjs';
import { isError } from '../../../tests/instruments/lib/server-map.mjs';
import { installPackages } from './packages.mjs';

const ENTRY = 'node_modules/@modelcontextprotocol/server-memory/dist/index.js';

export const install = root => path.join(installPackages(root), ENTRY);

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
