// Recall quality, end to end over stdio: tests/instruments/locomo.mjs on the dev half of LoCoMo, where that data is at hand.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export async function measure(context, { data, conversations }) {
  const folder = path.join(context.root, data);
  if (!fs.existsSync(folder)) return { skipped: `there is no ${data}; LoCoMo is not part of this repository` };
  const own = await run(context, folder), pooled = await run(context, folder, '--pooled'), typos = await run(context, folder, '--typos', '1');
  return {
    values: { ndcg10: own.ndcg10, r10: own.r10, pooled: pooled.ndcg10, typos: own.ndcg10 - typos.ndcg10 },
    details: { own, pooled, typos },
    wrong: own.conversations === conversations ? [] : [`${own.conversations} conversations, not ${conversations}`],
  };
}

async function run(context, folder, ...options) {
  const instrument = path.join(context.root, 'tests/instruments/locomo.mjs');
  const child = spawn(process.execPath, [instrument, '--data', folder, ...options, '--', context.wm, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', data => { text += data; });
  await new Promise(resolve => child.on('close', resolve));
  const last = JSON.parse(text.trim().split('\n').at(-1));
  if (last.error) throw new Error(last.error);
  return last;
}
