#!/usr/bin/env node
// Retrieval quality of a stdio memory server, end to end, on a LoCoMo half in the converted format.
//   node locomo.mjs --data DIR [--only conv-26,conv-41] [--floor 0.63] [--limit 20] [--tool search_memories] [--cats] [--pooled] [--typos SEED] -- wm serve
// Each conversation gets a store of its own, or with --pooled all share one. --typos puts one into a word
// of each question. Every turn goes in with create_memory {content, speaker, session_id, event_time}; every question is asked with search_memories (or another tool) {query, limit}; the answer is scored against the evidence turns.
// Adversarial questions ask about the wrong person and stay out of the main figure, as do questions without evidence.
// Exit 0 when every call succeeded and nDCG@10 is at or above the floor.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { means, misspelt, readConversations, score } from './lib/locomo-data.mjs';
import { percentile, round2, seededRandom } from './lib/measure.mjs';
import { isError, parseArguments, toolText } from './lib/server-map.mjs';
import { StdioClient } from './lib/stdio-client.mjs';

const options = parseArguments(process.argv.slice(2));
const limit = +(options.limit ?? 20), floor = +(options.floor ?? 0), tool = options.tool ?? 'search_memories';
const [program, ...programArgs] = options.command;
const random = options.typos ? seededRandom(+options.typos) : null;
const createMs = [], searchMs = [];

async function call(client, tool, args, timesMs) {
  const began = performance.now(), message = await client.call(tool, args);
  timesMs.push(performance.now() - began);
  if (isError(message)) throw new Error(`${tool}: ${JSON.stringify(message.error ?? toolText(message)).slice(0, 400)}`);
  return message.result.structuredContent ?? JSON.parse(message.result.content[0].text);
}

async function runConversation(conversation) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wm-locomo-')), rows = [];
  const client = new StdioClient(program, programArgs, { env: { WM_STATE_ROOT: folder }, cwd: folder });
  try {
    await client.open();
    const turnsOf = new Map(); // memory id -> turns: repeated texts share a memory
    for (const turn of conversation.memories) {
      const event_time = turn.date + (turn.date.length === 16 ? ':00Z' : '');
      const { memory_id } = await call(client, 'create_memory', { content: turn.text, speaker: turn.speaker, session_id: turn.session, event_time }, createMs);
      turnsOf.set(memory_id, [...(turnsOf.get(memory_id) ?? []), turn.id]);
    }
    for (const { question, category, evidence } of conversation.queries) {
      if (!evidence.length) continue;
      const query = random ? misspelt(question, random) : question;
      const { results } = await call(client, tool, { query, limit }, searchMs);
      rows.push({ category, ...score(results.flatMap(result => turnsOf.get(result.memory_id) ?? []), evidence) });
    }
  } finally {
    await client.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

try {
  const conversations = readConversations(options.data, options), rows = [];
  for (const conversation of conversations) {
    const own = await runConversation(conversation);
    console.log(JSON.stringify({ conversation: conversation.conversation, ...means(own.filter(row => row.category !== 'adversarial')) }));
    rows.push(...own);
  }
  if (options.cats)
    for (const category of [...new Set(rows.map(row => row.category))].sort()) console.log(JSON.stringify({ category, ...means(rows.filter(row => row.category === category)) }));
  const main = means(rows.filter(row => row.category !== 'adversarial'));
  const latency = { create_p50: round2(percentile(createMs, 50)), search_p50: round2(percentile(searchMs, 50)), search_p95: round2(percentile(searchMs, 95)) };
  const verdict = main.n > 0 && main.ndcg10 >= floor ? 'PASS' : 'FAIL';
  console.log(JSON.stringify({ conversations: conversations.length, ...main, floor, ms: latency, verdict }));
  process.exit(verdict === 'PASS' ? 0 : 1);
} catch (error) {
  console.log(JSON.stringify({ error: String(error.stack), verdict: 'FAIL' }));
  process.exit(1);
}
