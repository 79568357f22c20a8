// LoCoMo in the converted format, and how answers to its questions are scored.
import fs from 'node:fs';
import path from 'node:path';

const CUTOFF = 10;

/** The conversations of a folder, or some of them, or all as one. */
export function readConversations(folder, { only = null, pooled = false } = {}) {
  const files = fs.readdirSync(folder).filter(name => name.endsWith('.jsonl')).sort();
  const all = files.flatMap(name => fs.readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line)));
  const chosen = only ? all.filter(conversation => only.split(',').includes(conversation.conversation)) : all;
  if (!chosen.length || only && chosen.length !== only.split(',').length) throw new Error(`conversations not found: have ${all.map(each => each.conversation)}`);
  return pooled ? [pool(chosen)] : chosen;
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
export function misspelt(question, random) {
  const words = [...question.matchAll(/[A-Za-z]{4,}/g)], pick = count => Math.floor(random() * count);
  if (!words.length) return question;
  const { 0: word, index } = words[pick(words.length)], at = pick(word.length - 1) + 1, letter = String.fromCharCode(97 + pick(26));
  const changed = [
    word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1), word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1),
  ][pick(4)];
  return question.slice(0, index) + changed + question.slice(index + word.length);
}

const discounted = hits => hits.reduce((sum, hit, rank) => sum + (hit ? 1 / Math.log2(rank + 2) : 0), 0);

/** A ranking against the evidence turns. */
export function score(ranked, evidence) {
  const wanted = new Set(evidence), hits = ranked.slice(0, CUTOFF).map(id => wanted.has(id)), first = hits.indexOf(true);
  const best = discounted(Array(Math.min(CUTOFF, wanted.size)).fill(true));
  return {
    ndcg10: discounted(hits) / best, mrr10: first < 0 ? 0 : 1 / (first + 1),
    r10: hits.filter(Boolean).length / wanted.size, r20: ranked.slice(0, 20).filter(id => wanted.has(id)).length / wanted.size,
  };
}

const round4 = value => Math.round(value * 1e4) / 1e4;

/** The means over questions. */
export function means(rows) {
  const mean = key => round4(rows.reduce((sum, row) => sum + row[key], 0) / Math.max(1, rows.length));
  return { n: rows.length, ndcg10: mean('ndcg10'), r10: mean('r10'), r20: mean('r20'), mrr10: mean('mrr10') };
}
