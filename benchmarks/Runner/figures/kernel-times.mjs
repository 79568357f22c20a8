// What the small kernels cost in wm: one rate check, one event published, the coordinates of a text of 500 bytes.
import fs from 'node:fs';
import path from 'node:path';
import { native, peersMissing } from '../lib/kernels.mjs';

const LISTED = { logic: ['theorem', 'proof', 'compiler'], emotion: ['love', 'grief'], micro: ['pixel', 'atom'], macro: ['world'] };

export async function measure(context, { texts, textBytes }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const lines = context.corpus.texts(texts, textBytes).map((text, i) => {
    const has = Object.fromEntries(Object.entries(LISTED).map(([list, words], k) => [list, words.slice(0, (i >> k) % (words.length + 1))]));
    const balance = (plus, minus) => (plus.length + minus.length ? Math.fround((plus.length - minus.length) / (plus.length + minus.length)) : 0);
    // The words come first; the rest is cut, so that each text keeps its length.
    const words = Object.values(has).flat(), whole = (words.join(' ') + ' ' + text).trim().slice(0, textBytes);
    return `${balance(has.emotion, has.logic)}\t${balance(has.macro, has.micro)}\t${whole}`;
  });
  const file = path.join(context.folder('kernel-times'), 'texts');
  fs.writeFileSync(file, lines.join('\n'));
  return native(context, 'kernels', file);
}
