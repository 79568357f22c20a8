#!/usr/bin/env node
// Dual-era stdio protocol checks against the official JSON schemas in schema/.
//   node stdio-conform.mjs --map maps/wm.json [--verbose] -- wm serve
// Exit 0 only when every MUST and every SHOULD holds; INFO rows are for reading.
import { Context } from './conform/context.mjs';
import { checkLegacy } from './conform/legacy.mjs';
import { checkModern } from './conform/modern.mjs';
import { checkNegative } from './conform/negative.mjs';
import { loadMap, parseArguments } from './lib/server-map.mjs';

const options = parseArguments(process.argv.slice(2));
const map = loadMap(options.map);
const context = new Context(map, options.command?.length ? options.command : map.command);
const parts = {
  'modern-suite': checkModern,
  'legacy-2025-11-25': it => checkLegacy(it, '2025-11-25'),
  'legacy-2025-06-18': it => checkLegacy(it, '2025-06-18'),
  negative: checkNegative,
};
for (const [name, part] of Object.entries(parts)) await part(context).catch(error => context.check(name, 'MUST', false, error.stack));
context.removeFolders();

for (const check of context.checks)
  if (options.verbose || !check.pass || check.level === 'INFO')
    console.log(`${check.pass ? 'ok  ' : 'FAIL'} ${check.level.padEnd(6)} ${check.id}  ${check.detail}`);
const ofLevel = level => context.checks.filter(check => check.level === level);
const passed = level => ofLevel(level).filter(check => check.pass).length;
console.log(`${map.name}: MUST ${passed('MUST')}/${ofLevel('MUST').length}  SHOULD ${passed('SHOULD')}/${ofLevel('SHOULD').length}`);
process.exit(['MUST', 'SHOULD'].every(level => passed(level) === ofLevel(level).length) ? 0 : 1);
