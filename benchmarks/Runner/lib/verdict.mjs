// Holds what was measured against the lines of a definition.
const MOST_SHOWN = 5;

export const round = value => (Math.abs(value) >= 1000 ? Math.round(value) : Math.round(value * 1000) / 1000);

/** A wrong answer makes every line of a figure worthless. */
export function judge(definition, { values = {}, details = {}, wrong = [], skipped }) {
  if (skipped) return { verdict: 'skipped', reason: skipped, lines: [] };
  const lines = definition.lines.map(line => {
    const value = values[line.value];
    const isKept = value !== undefined && !(value > line.most) && !(value < line.least);
    return { name: line.name, limit: line.most !== undefined ? `<= ${line.most}` : `>= ${line.least}`, unit: line.unit, measured: value === undefined ? null : round(value), verdict: isKept ? 'kept' : 'MISSED' };
  });
  const verdict = wrong.length ? 'WRONG' : lines.some(line => line.verdict === 'MISSED') ? 'MISSED' : 'kept';
  return { verdict, lines, details, wrong: wrong.length > MOST_SHOWN ? [...wrong.slice(0, MOST_SHOWN), `and ${wrong.length - MOST_SHOWN} more`] : wrong };
}

export function print(result) {
  if (result.verdict === 'skipped') console.log(`${result.figure.padEnd(12)} skipped: ${result.reason}`);
  for (const line of result.lines)
    console.log(`${result.figure.padEnd(12)} ${line.name.padEnd(44)} ${`${line.limit} ${line.unit}`.padStart(20)} ${String(line.measured ?? '-').padStart(12)}  ${result.verdict === 'WRONG' ? 'WRONG' : line.verdict}`);
  for (const wrong of result.wrong ?? []) console.log(`  wrong: ${wrong}`);
  if (result.details && Object.keys(result.details).length) console.log(`  ${JSON.stringify(result.details)}`);
}
