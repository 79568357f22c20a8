// Creates a second at 10,000 memories, beside server-memory with as many, in blocks by turns.
import path from 'node:path';
import { round2 } from '../../../tests/instruments/lib/measure.mjs';
import { isError, toolText } from '../../../tests/instruments/lib/server-map.mjs';
import { create, install, start } from '../lib/server-memory.mjs';
import { Wm } from '../lib/wm.mjs';

export async function measure(context, { stored, rounds, wmBlock, peerBlock }) {
  const folder = context.folder('throughput'), wrong = [];
  const memories = Array.from({ length: stored }, (_, i) => context.corpus.memory(i));
  const other = start(install(context.root), path.join(folder, 'server-memory'), memories);
  await other.open();
  const wm = await Wm.start(context, path.join(folder, 'wm'));
  await wm.import(context.corpus.write(folder, stored).jsonl, stored);
  let wmMs = 0, otherMs = 0, next = stored;
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < wmBlock; k++) wmMs += (await wm.call('create_memory', context.corpus.memory(next + k))).ms;
    for (let k = 0; k < peerBlock; k++) otherMs += await create(other, context.corpus.memory(next + k));
    const last = context.corpus.memory(next + peerBlock - 1);
    const { answer } = await wm.call('search_memories', { query: last.title.split(' ').at(-1) });
    if (answer.results[0]?.title !== last.title) wrong.push(`wm does not find ${last.title}`);
    const opened = await other.call('open_nodes', { names: [last.title] });
    if (isError(opened) || !toolText(opened).includes(last.content)) wrong.push(`server-memory does not find ${last.title}`);
    next += wmBlock;
  }
  await wm.close();
  await other.close();
  const wmPerSecond = rounds * wmBlock / wmMs * 1000, otherPerSecond = rounds * peerBlock / otherMs * 1000;
  return { values: { times: wmPerSecond / otherPerSecond }, details: { wm_per_s: round2(wmPerSecond), server_memory_per_s: round2(otherPerSecond) }, wrong };
}
