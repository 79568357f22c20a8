// Servers that keep a graph of entities, from npm: a turn is an entity with one observation, "speaker: text". They are asked the whole question, and
// again its longest word that is no stop word, which is what an agent does when the whole question finds nothing.
import fs from 'node:fs';
import path from 'node:path';
import { StdioClient } from '../../../tests/instruments/lib/stdio-client.mjs';
import { isError, toolText } from '../../../tests/instruments/lib/server-map.mjs';
import { stopWords } from '../../Runner/lib/corpus.mjs';
import { installPackages } from '../../Runner/lib/packages.mjs';

const BATCH = 50; // entities to a call: the servers write their file anew with each

const PACKAGES = [
  { name: '@modelcontextprotocol/server-memory', env: folder => ({ MEMORY_FILE_PATH: path.join(folder, 'memory.jsonl') }) },
  { name: '@itseasy21/mcp-knowledge-graph', env: folder => ({ MEMORY_FILE_PATH: path.join(folder, 'memory.jsonl') }) },
  { name: 'mcp-memory-libsql', env: folder => ({ LIBSQL_URL: 'file:' + path.join(folder, 'memory.db') }), limit: 50 },
];

const longestWord = (question, stop) => [...question.matchAll(/[\p{L}\p{N}]+/gu)].map(match => match[0]).filter(word => !stop.has(word.toLowerCase()))
  .sort((a, b) => b.length - a.length)[0] ?? question;

const folderOf = (context, name) => path.join(installPackages(context.root), 'node_modules', name);

const system = ({ name, env, limit }, byWord) => ({
  name: name + (byWord ? ', longest word' : ''),
  version: async context => JSON.parse(fs.readFileSync(path.join(folderOf(context, name), 'package.json'), 'utf8')).version,
  async start(context, folder) {
    const entry = path.join(folderOf(context, name), 'dist/index.js'), stop = stopWords(context.root);
    const client = new StdioClient(process.execPath, [entry], { env: env(folder), cwd: folder });
    const call = async (tool, args) => {
      const message = await client.call(tool, args);
      if (isError(message)) throw new Error(`${name} ${tool}: ${JSON.stringify(message.error ?? toolText(message)).slice(0, 300)}`);
      return message.result;
    };
    let waiting = [];
    const flush = async () => {
      if (waiting.length) await call('create_entities', { entities: waiting });
      waiting = [];
    };
    await client.open();
    return {
      async store(turn) {
        waiting.push({ name: turn.id, entityType: 'turn', observations: [`${turn.speaker}: ${turn.text}`] });
        if (waiting.length === BATCH) await flush();
      },
      stored: flush,
      async search(question) {
        const query = byWord ? longestWord(question, stop) : question;
        const result = await call('search_nodes', { query, ...(limit && { limit }) });
        return ((result.structuredContent ?? JSON.parse(result.content[0].text)).entities ?? []).map(entity => entity.name);
      },
      close: () => client.close(),
    };
  },
});

export default PACKAGES.flatMap(each => [system(each, false), system(each, true)]);
