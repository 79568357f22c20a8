// What the instruments need to know about a server: which tools create, search and read, and how to start it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StdioClient } from './stdio-client.mjs';

const INSTRUMENTS = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const WORDS = ('harbor lantern copper orchid meadow tundra saffron quartz willow ember glacier thistle falcon marble juniper '
  + 'cinder beacon velvet anchor prairie summit delta canyon aurora maple raven cedar river stone cloud').split(' ');

/** Fills `{{name}}` in strings, arrays and objects; a string that is one placeholder takes the value with its type. */
export function fill(template, values) {
  if (typeof template === 'string') {
    const whole = template.match(/^\{\{(\w+)\}\}$/);
    if (whole && whole[1] in values) return values[whole[1]];
    return template.replace(/\{\{(\w+)\}\}/g, (match, name) => (name in values ? String(values[name]) : match));
  }
  if (Array.isArray(template)) return template.map(item => fill(item, values));
  if (template && typeof template === 'object')
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]));
  return template;
}

/** The i-th memory: the same i always gives the same text, and `uniq<i>tok` stands in no other. */
export function memoryValues(i, { payload = 300, dataDir = '', id } = {}) {
  let hash = (i * 2654435761) >>> 0;
  const first = hash;
  const word = k => WORDS[((first >>> (k * 3)) + i * k) % WORDS.length];
  let content = `note ${i} about ${word(1)} ${word(2)} ${word(3)}. uniq${i}tok `;
  while (content.length < payload) {
    hash = (hash * 1103515245 + 12345) >>> 0;
    content += WORDS[hash % WORDS.length] + ' ';
  }
  const title = `Memory ${i} ${word(1)} ${word(4)}`;
  return { i, title, content: content.slice(0, payload), query: `uniq${i}tok`, word: word(1), tag: 'tag' + (i % 50), id: id ?? title, dataDir };
}

export function loadMap(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8').replaceAll('{{here}}', INSTRUMENTS));
}

/** Reads `--name value` and `--flag` before `--`, and the server's command line after it. */
export function parseArguments(argv) {
  const options = {}, cut = argv.indexOf('--');
  const own = cut < 0 ? argv : argv.slice(0, cut);
  options.command = cut < 0 ? null : argv.slice(cut + 1);
  for (let k = 0; k < own.length; k++) {
    if (!own[k].startsWith('--')) continue;
    const hasValue = own[k + 1] !== undefined && !own[k + 1].startsWith('--');
    options[own[k].slice(2)] = hasValue ? own[k + 1] : true;
    if (hasValue) k++;
  }
  return options;
}

export function launch(map, command, dataDir, { era, version } = {}) {
  fs.mkdirSync(dataDir, { recursive: true });
  return launchIn(map, command, dataDir, dataDir, { era, version });
}

/** Like launch, with a working folder of its own and without making the data folder. */
export function launchIn(map, command, dataDir, cwd, { era, version } = {}) {
  const [program, ...args] = fill(command, { dataDir });
  return new StdioClient(program, args, { env: fill(map.env || {}, { dataDir }), cwd, era: era || map.era || 'legacy', version });
}

export const isError = message => !!message.error || message.result?.isError === true;

export function toolText(message) {
  const text = (message.result?.content || []).map(part => part.text || '').join('\n');
  return text + (message.result?.structuredContent ? JSON.stringify(message.result.structuredContent) : '');
}

/** The id a create call gave to the memory. */
export function extractId(map, message) {
  return new RegExp(map.ops.create.id.pattern).exec(toolText(message))?.[1];
}

export const createArguments = (map, i, options = {}) => fill(map.ops.create.args, memoryValues(i, options));
export const searchArguments = (map, query) => fill(map.ops.search.args, { query });
