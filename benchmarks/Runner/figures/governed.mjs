// What governance costs a call that it allows, with more and more rules.
import fs from 'node:fs';
import path from 'node:path';
import { native, peersMissing } from '../lib/kernels.mjs';

export async function measure(context, { texts, textBytes }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const file = path.join(context.folder('governed'), 'texts');
  fs.writeFileSync(file, context.corpus.texts(texts, textBytes).map(text => text.replace(/\s+/g, ' ')).join('\n'));
  return native(context, 'governed', file);
}
