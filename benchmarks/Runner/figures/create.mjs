// create_memory over stdio against the same row and index in plain C, in blocks by turns on the same disk.
import { performance } from 'node:perf_hooks';
import path from 'node:path';
import { percentile, summary } from '../../../tests/instruments/lib/measure.mjs';
import { Peer, writeSchema } from '../lib/peer.mjs';
import { Wm } from '../lib/wm.mjs';

export async function measure(context, { stored, creates, block, checked }) {
  const folder = context.folder('create'), wrong = [];
  const files = context.corpus.write(folder, stored), schema = writeSchema(context.root, folder);
  const peer = new Peer(context.peer, path.join(folder, 'peer.db'), schema, context.pragmas);
  let wm = await Wm.start(context, path.join(folder, 'wm'), ['serve'], path.join(path.dirname(context.peer), 'clock'));
  const importMs = await wm.import(files.jsonl, stored), loadMs = await peer.load(files.rows, stored);
  const times = { wm: [], peer: [], harness: [] }, made = new Map();
  for (let at = -2 * block; at < creates; at += block) {
    const turn = {
      wm: async memory => {
        const { ms, answer } = await wm.call('create_memory', memory);
        if (answer.created !== true || !answer.memory_id) wrong.push(`create_memory answered ${JSON.stringify(answer)}`);
        made.set(answer.memory_id, memory);
        return ms;
      },
      peer: memory => peer.create(memory),
      harness: async () => { // what a pipe and this client cost without any work
        const began = performance.now();
        await peer.send('ping');
        return performance.now() - began;
      },
    };
    for (const name in turn)
      for (let k = 0; k < block; k++) {
        const ms = await turn[name](context.corpus.memory(stored + 2 * block + at + k));
        if (at >= 0) times[name].push(ms); // the first two blocks warm up
      }
  }
  await wm.close();
  await peer.close();
  // What was acknowledged must be there for another process.
  wm = await Wm.start(context, path.join(folder, 'wm'));
  const ids = [...made.keys()];
  if (ids.length !== creates + 2 * block) wrong.push(`${ids.length} different ids for ${creates + 2 * block} memories`);
  for (let k = 0; k < checked; k++) {
    const id = ids[Math.floor(k * (ids.length - 1) / (checked - 1))];
    const { answer } = await wm.call('read_memory', { memory_id: id });
    if (answer.memory.content !== made.get(id).content || answer.memory.title !== made.get(id).title) wrong.push(`memory ${id} came back different`);
  }
  await wm.close();
  const ratio = percent => percentile(times.wm, percent) / percentile(times.peer, percent);
  const details = { import_rows_s: Math.round(stored / importMs * 1000), peer_load_rows_s: Math.round(stored / loadMs * 1000) };
  for (const name in times) details[name + '_ms'] = summary(times[name], times[name].reduce((sum, ms) => sum + ms, 0));
  return { values: { p50: ratio(50), p95: ratio(95), import: loadMs / importMs }, details, wrong };
}
