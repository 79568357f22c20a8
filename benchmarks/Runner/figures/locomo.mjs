// Recall quality, end to end over stdio: tests/instruments/locomo.mjs on the dev half of LoCoMo, where that data is at hand.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export async function measure(context, { data, conversations }) {
  const folder = path.join(context.root, data);
  if (!fs.existsSync(folder)) return { skipped: `there is no ${data}; LoCoMo is not part of this repository` };
  const child = spawn(process.execPath, [path.join(context.root, 'tests/instruments/locomo.mjs'), '--data', folder, '--', context.wm, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', data => { text += data; });
  await new Promise(resolve => child.on('close', resolve));
  const last = JSON.parse(text.trim().split('\n').at(-1));
  if (last.error) throw new Error(last.error);
  return { values: { ndcg10: last.ndcg10, r10: last.r10 }, details: last, wrong: last.conversations === conversations ? [] : [`${last.conversations} conversations, not ${conversations}`] };
}
