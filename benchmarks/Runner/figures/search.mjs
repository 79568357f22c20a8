// search_memories over stdio against the same query on plain FTS5 in C, question by question in turns.
import fs from 'node:fs';
import path from 'node:path';
import { percentile, summary } from '../../../tests/instruments/lib/measure.mjs';
import { Peer, writeSchema } from '../lib/peer.mjs';
import { Wm } from '../lib/wm.mjs';

const LIMIT = 10;

export async function measure(context, { stored, questions, warmups, leastFound = 1 }) {
  const folder = context.folder('search'), wrong = [];
  const files = context.corpus.write(folder, stored), schema = writeSchema(context.root, folder);
  const peer = new Peer(context.peer, path.join(folder, 'peer.db'), schema, context.pragmas);
  const wm = await Wm.start(context, path.join(folder, 'wm'));
  const importMs = await wm.import(files.jsonl, stored), loadMs = await peer.load(files.rows, stored);
  const times = { wm: [], peer: [] };
  let found = 0, foundByPeer = 0;
  const asked = context.corpus.questions(warmups + questions, stored);
  for (const [k, { item, words }] of asked.entries()) {
    // The one that comes second finds the processor's caches cold: take turns in that too.
    let ours, theirs;
    if (k % 2) { ours = await wm.search(words, LIMIT); theirs = await peer.search(words, LIMIT); }
    else { theirs = await peer.search(words, LIMIT); ours = await wm.search(words, LIMIT); }
    if (k < warmups) continue;
    times.wm.push(ours.ms);
    times.peer.push(theirs.ms);
    found += ours.items.includes(item);
    foundByPeer += theirs.items.includes(item);
  }
  if (found < leastFound * questions) wrong.push(`${found} of ${questions} memories were among the first ${LIMIT}`);
  const resident = wm.residentBytes();
  await wm.close();
  await peer.close();
  const ratio = percent => percentile(times.wm, percent) / percentile(times.peer, percent);
  const details = { found, found_by_peer: foundByPeer, asked: questions, import_rows_s: Math.round(stored / importMs * 1000), peer_load_rows_s: Math.round(stored / loadMs * 1000) };
  for (const name in times) details[name + '_ms'] = summary(times[name], times[name].reduce((sum, ms) => sum + ms, 0));
  const bytes = fs.statSync(path.join(folder, 'wm/memory/whitemagic.db')).size / stored;
  return { values: { p50: ratio(50), p95: ratio(95), import: loadMs / importMs, found: found / questions, bytes, resident: resident / 1e6 }, details, wrong };
}
