// The steps every real client goes through, and the one line of JSON that tells how it went.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from '../lib/server-map.mjs';

export const options = parseArguments(process.argv.slice(2));
export const [program, ...programArgs] = options.command ?? [];
export const MEMORY_TEXT = 'The lantern stands on the eastern harbor wall.', MEMORY_QUERY = 'lantern harbor';
const CLOSE_LIMIT_MS = 1500; // below the two seconds after which the SDKs begin to kill

export function expect(claim, holds, detail = '') {
  if (!holds) throw new Error(`${claim}: ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`.slice(0, 600));
}

/** The object a tool answered with; the text carries the same object. */
export function answerOf(result, tool) {
  expect(`${tool} succeeds`, result && !result.isError, result);
  const parsed = JSON.parse(result.content[0].text);
  if (result.structuredContent) expect(`${tool}: text and structuredContent agree`, JSON.stringify(parsed) === JSON.stringify(result.structuredContent), result);
  return parsed;
}

/** Lists, creates, searches, reads. `list` gives tool names; `call` gives the result of a tool. */
export async function exerciseMemory(list, call) {
  const tools = await list();
  for (const name of ['create_memory', 'search_memories', 'read_memory']) expect('tool offered', tools.includes(name), name);
  const created = answerOf(await call('create_memory', { title: 'Harbor', content: MEMORY_TEXT, tags: ['place'] }), 'create_memory');
  expect('create_memory gives an id', typeof created.memory_id === 'string' && created.memory_id.length > 0, created);
  const found = answerOf(await call('search_memories', { query: MEMORY_QUERY, limit: 5 }), 'search_memories');
  expect('the memory is found', found.results.some(result => result.memory_id === created.memory_id), found);
  const read = answerOf(await call('read_memory', { memory_id: created.memory_id }), 'read_memory');
  expect('the memory is read', JSON.stringify(read).includes(MEMORY_TEXT), read);
  return { tools: tools.length };
}

/** Runs the session on a store of its own, prints the verdict, and exits 1 on failure. */
export async function runClient(name, session) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wm-client-')), began = performance.now();
  let verdict;
  try {
    const facts = await session(folder);
    verdict = { client: name, ...facts, ms: Math.round(performance.now() - began), verdict: 'PASS' };
  } catch (error) {
    verdict = { client: name, error: String(error.stack ?? error).slice(0, 1500), verdict: 'FAIL' };
  }
  fs.rmSync(folder, { recursive: true, force: true });
  console.log(JSON.stringify(verdict));
  process.exit(verdict.verdict === 'PASS' ? 0 : 1);
}

/** Closes the client and expects the server to leave at EOF, before anybody kills it. */
export async function closePromptly(client, pid) {
  const began = performance.now();
  await client.close();
  const closeMs = Math.round(performance.now() - began);
  expect('closes without being killed', closeMs < CLOSE_LIMIT_MS, closeMs + ' ms');
  let alive = true;
  try { process.kill(pid, 0); } catch { alive = false; }
  expect('the server process is gone', !alive, 'pid ' + pid);
  return closeMs;
}
