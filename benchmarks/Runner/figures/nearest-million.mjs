// The slow end of nearest neighbours natively: a million places as memories lie, and a million of which half coincide.
import fs from 'node:fs';
import path from 'node:path';
import { native, peersMissing } from '../lib/kernels.mjs';
import { memories, questionsNear } from '../lib/points.mjs';

export async function measure(context, { stored, questions }) {
  const missing = peersMissing(context);
  if (missing) return { skipped: missing };
  const values = {}, details = {}, wrong = [];
  for (const [name, coinciding] of [['clustered', false], ['coinciding', true]]) {
    const folder = context.folder('nearest-million'), points = memories(stored, { coinciding });
    fs.writeFileSync(path.join(folder, 'points'), points);
    fs.writeFileSync(path.join(folder, 'questions'), questionsNear(points, questions));
    const host = native(context, 'nearest', path.join(folder, 'points'), path.join(folder, 'questions'));
    values[`${name}_p99_us`] = host.values.p99_us;
    details[name] = host.values;
    wrong.push(...host.wrong.map(each => `${name}: ${each}`));
  }
  return { values, details, wrong };
}
