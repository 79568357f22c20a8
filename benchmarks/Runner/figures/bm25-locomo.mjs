// The search module against minisearch and flexsearch on the dev half of LoCoMo, all conversations in one index, where that data is at hand.
import fs from 'node:fs';
import path from 'node:path';
import { compare } from '../lib/bm25.mjs';

export async function measure(context, { data, ...counts }) {
  const folder = path.join(context.root, data);
  if (!fs.existsSync(folder)) return { skipped: `there is no ${data}; LoCoMo is not part of this repository` };
  const conversations = fs.readdirSync(folder).filter(name => name.endsWith('.jsonl')).sort().map(name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  const line = text => text.replaceAll(/\s+/g, ' ');
  const texts = conversations.flatMap(each => each.memories.map(memory => line(`${memory.speaker}: ${memory.text}`)));
  const questions = conversations.flatMap(each => each.queries.map(query => line(query.question)));
  return compare(context, context.folder('bm25-locomo'), texts, questions, counts);
}
