#!/usr/bin/env node
// arrow-read.mjs FILE EXPECTED.jsonl : reads an Arrow file of memories with npm apache-arrow and compares every cell with the expected rows,
// one JSON array of the 11 cells a line (numbers as 16 hexadecimal digits of their bits). Prints "ROWS rows, BATCHES batches".
import fs from 'node:fs';
import readline from 'node:readline';
import { requireInstalled } from './lib/modules.mjs';

const COLUMNS = ['id: Utf8', 'title: Utf8?', 'content: Utf8?', 'importance: Float64?', 'memory_type: Utf8?', 'x: Float64?', 'y: Float64?', 'z: Float64?',
  'w: Float64?', 'v: Float64?', 'tags: List<Utf8>?'];
const [file, expected] = process.argv.slice(2);
const arrow = requireInstalled('apache-arrow');
const bytes = fs.readFileSync(file);
if (bytes.subarray(0, 8).toString('latin1') !== 'ARROW1\0\0' || bytes.subarray(-6).toString('latin1') !== 'ARROW1') fail('the file does not begin and end with ARROW1');
const table = arrow.tableFromIPC(bytes);
const found = table.schema.fields.map((f) => `${f.name}: ${f.type}${f.nullable ? '?' : ''}`);
if (JSON.stringify(found) !== JSON.stringify(COLUMNS)) fail(`columns are ${found.join(', ')}`);
if (table.schema.fields[10].type.children[0].name !== 'item') fail('the elements of tags are not named item');

const number = Buffer.alloc(8);
function cell(value) {
  if (value === null || typeof value === 'string') return value;
  if (typeof value !== 'number') return [...value];
  number.writeDoubleBE(value);
  return number.toString('hex');
}

let row = 0;
const vectors = found.map((_, c) => table.getChildAt(c));
for await (const line of readline.createInterface({ input: fs.createReadStream(expected) })) {
  const cells = JSON.stringify(vectors.map((v) => cell(v.get(row))));
  if (cells !== JSON.stringify(JSON.parse(line))) fail(`row ${row} is ${cells.slice(0, 2000)}, expected ${line.slice(0, 2000)}`);
  row++;
}
if (row !== table.numRows) fail(`${table.numRows} rows, expected ${row}`);
console.log(`${row} rows, ${table.batches.filter((b) => b.numRows > 0).length} batches`);

function fail(what) {
  console.error(`${file}: ${what}`);
  process.exit(1);
}
