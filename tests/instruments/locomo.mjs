#!/usr/bin/env node
// Retrieval quality of a stdio memory server, end to end, on a LoCoMo half in the converted format.
//   node locomo.mjs --data DIR [--only conv-26,conv-41] [--floor 0.63] [--limit 20] [--tool search_memories] [--cats] [--pooled] [--typos SEED] -- wm serve
// Each conversation gets a store of its own, or with --pooled all share one. --typos puts one into a word of each question. Every turn goes in with create_memory {content, speaker, session_id, event_time};
// every question is asked with search_memories (or another tool) {query, limit}; the answer is scored against the evidence turns.
// Adversarial questions ask about the wrong person and stay out of the main figure, as do questions without evidence.
// Exit 0 when every call succeeded and nDCG@10 is at or above the floor.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { percentile, round2, seededRandom } from './lib/measure.mjs';
import { isError, parseArguments, toolText } from './lib/server-map.mjs';
import { StdioClient } from './lib/stdio-client.mjs';

const options = parseArguments(process.argv.slice(2));
const limit = +(options.limit ?? 20), floor = +(options.floor ?? 0), only = options.only?.split(','), tool = options.tool ?? 'search_memories';
const [program, ...programArgs] = options.command;
const random = options.typos ? seededRandom(+options.typos) : null;
const CUTOFF = 10, createMs = [], searchMs = [];

function readConversations() {
  const files = fs.readdirSync(options.data).filter(name => name.endsWith('.jsonl')).sort();
  const all = files.flatMap(name => fs.readFileSync(path.join(options.data, name), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line)));
  const chosen = only ? all.filter(conversation => only.includes(conversation.conversation)) : all;
  if (!chosen.length || only && chosen.length !== only.length) throw new Error(`conversations not found: have ${all.map(each => each.conversation)}`);
  return options.pooled ? [pool(chosen)] : chosen;
}

/** All conversations as one; ids and sessions carry the name of theirs. */
function pool(conversations) {
  const named = (conversation, name) => conversation.conversation + '/' + name;
  return {
    conversation: 'pooled',
    memories: conversations.flatMap(each => each.memories.map(turn => ({ ...turn, id: named(each, turn.id), session: named(each, turn.session) }))),
    queries: conversations.flatMap(each => each.queries.map(query => ({ ...query, evidence: query.evidence.map(id => named(each, id)) }))),
  };
}

/** The question with a letter left out, put in, exchanged, or two in the wrong order, in one word of at least four letters. */
function misspelt(question, random) {
  const words = [...question.matchAll(/[A-Za-z]{4,}/g)], pick = count => Math.floor(random() * count);
  if (!words.length) return question;
  const { 0: word, index } = words[pick(words.length)], at = pick(word.length - 1) + 1, letter = String.fromCharCode(97 + pick(26));
  const changed = [
    word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1), word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1),
  ][pick(4)];
  return question.slice(0, index) + changed + question.slice(index + word.length);
}

async function call(client, tool, args, timesMs) {
  const began = performance.now(), message = await client.call(tool, args);
  timesMs.push(performance.now() - began);
  if (isError(message)) throw new Error(`${tool}: ${JSON.stringify(message.error ?? toolText(message)).slice(0, 400)}`);
  return message.result.structuredContent ?? JSON.parse(message.result.content[0].text);
}

const discounted = hits => hits.reduce((sum, hit, rank) => sum + (hit ? 1 / Math.log2(rank + 2) : 0), 0);

function score(ranked, evidence) {
  const wanted = new Set(evidence), hits = ranked.slice(0, CUTOFF).map(id => wanted.has(id)), first = hits.indexOf(true);
  const best = discounted(Array(Math.min(CUTOFF, wanted.size)).fill(true));
  return {
    ndcg10: discounted(hits) / best, mrr10: first < 0 ? 0 : 1 / (first + 1),
    r10: hits.filter(Boolean).length / wanted.size, r20: ranked.slice(0, 20).filter(id => wanted.has(id)).length / wanted.size,
  };
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

const round4 = value => Math.round(value * 1e4) / 1e4;
function means(rows) {
  const mean = key => round4(rows.reduce((sum, row) => sum + row[key], 0) / Math.max(1, rows.length));
  return { n: rows.length, ndcg10: mean('ndcg10'), r10: mean('r10'), r20: mean('r20'), mrr10: mean('mrr10') };
}

try {
  const conversations = readConversations(), rows = [];
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
