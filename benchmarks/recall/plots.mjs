// Bars as SVG, readable on light and dark grounds.
const WIDTH = 820, LEFT = 360, RIGHT = 70, ROW = 26, TOP = 44;
const COLOURS = ['#3b82f6', '#f59e0b', '#10b981'];

const escape = text => text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

/** Bars for `rows`, each {label, values}; `names` say what the values of a row are. On a log scale `least` is its left end. */
export function bars({ title, description, names, rows, digits, log = false, least = 0, unit = '' }) {
  const most = Math.max(...rows.flatMap(row => row.values)), room = WIDTH - LEFT - RIGHT, height = TOP + rows.length * ROW * names.length + rows.length * 8 + 30;
  const scale = value => room * (log ? Math.log(Math.max(value, least) / least) / Math.log(most / least) : value / most);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="t">${escape(title)}</title><desc id="d">${escape(description)}</desc>`,
    '<style>text { fill: #1f2937 } @media (prefers-color-scheme: dark) { text { fill: #e5e7eb } }</style>',
    `<text x="8" y="22" font-size="15" font-weight="600">${escape(title)}</text>`,
  ];
  let y = TOP;
  for (const row of rows) {
    parts.push(`<text x="${LEFT - 8}" y="${y + (ROW * names.length) / 2 + 4}" text-anchor="end">${escape(row.label)}</text>`);
    for (const [i, value] of row.values.entries()) {
      const length = Math.max(1, scale(value));
      parts.push(`<rect x="${LEFT}" y="${y + 3}" width="${length.toFixed(1)}" height="${ROW - 8}" rx="2" fill="${COLOURS[i]}"/>`);
      parts.push(`<text x="${(LEFT + length + 6).toFixed(1)}" y="${y + ROW / 2 + 4}">${value.toFixed(digits)}${unit}</text>`);
      y += ROW;
    }
    y += 8;
  }
  for (const [i, name] of names.entries())
    if (names.length > 1) parts.push(`<rect x="${LEFT + i * 150}" y="${y + 4}" width="12" height="12" fill="${COLOURS[i]}"/><text x="${LEFT + i * 150 + 18}" y="${y + 15}">${escape(name)}</text>`);
  return parts.join('\n') + '\n</svg>\n';
}
