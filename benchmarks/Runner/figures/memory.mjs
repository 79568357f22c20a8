// Resident memory: after the first answers, and after many memories were stored and searched by the same process.
import { Wm } from '../lib/wm.mjs';

export async function measure(context, { stored, created, searched }) {
  const wrong = [], folder = context.folder('memory');
  const wm = await Wm.start(context, folder);
  await wm.client.request('tools/list');
  await context.pause(300); // the pause in which a server puts things away
  const idle = wm.residentBytes();
  await wm.import(context.corpus.write(folder, stored).jsonl, stored);
  const imported = wm.residentBytes();
  for (let i = stored; i < stored + created; i++) await wm.call('create_memory', context.corpus.memory(i));
  for (const { item, words } of context.corpus.questions(searched, stored))
    if (!(await wm.search(words, 10)).items.includes(item)) wrong.push(`memory ${item} is not among the first 10`);
  const busy = wm.residentBytes();
  await context.pause(300);
  const after = wm.residentBytes();
  await wm.close();
  return { values: { idle_bytes: idle, used_bytes: Math.max(busy, after) }, details: { imported_bytes: imported, busy_bytes: busy, after_pause_bytes: after }, wrong };
}
