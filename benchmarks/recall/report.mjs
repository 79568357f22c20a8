#!/usr/bin/env node
// The same questions to wm, to plain FTS5 and to other memory servers: every turn of LoCoMo's development half is stored, every question asked, the answers
// scored against the evidence. Writes benchmarks/recall/report/: a table and three plots.
//   node benchmarks/recall/report.mjs [--data DIR] [--binary FILE] [--quick]       --quick: one conversation, nothing is written
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { means, misspelt, readConversations, score } from '../../tests/instruments/lib/locomo-data.mjs';
import { percentile, round2, seededRandom } from '../../tests/instruments/lib/measure.mjs';
import { bars } from './plots.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'), report = path.join(root, 'benchmarks/recall/report');
const CATEGORIES = ['single-hop', 'multi-hop', 'temporal', 'open-domain', 'adversarial'], LIMIT = 20, TYPO_SEED = 1;

const option = (name, otherwise) => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const data = path.resolve(option('--data', path.join(root, '../shared/retrieval/dev'))), quick = process.argv.includes('--quick');
if (!fs.existsSync(data)) {
  console.error(`report: there is no ${data}; LoCoMo is not part of this repository, name its folder with --data`);
  process.exit(2);
}

const context = { root, wm: path.resolve(option('--binary', path.join(root, 'dist/linux-x64/wm'))) };
const run = (program, ...args) => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${program}: ${error ?? stderr}`);
  return stdout.trim();
};
context.version = run(context.wm, 'version').split('\n')[0].match(/\d[^ ]*/)[0];
context.peer = run('bash', 'benchmarks/peer/build.sh', 'artifacts/bench');

async function measure(system, conversations, random = null) {
  const rows = [], storeMs = [], searchMs = [];
  for (const conversation of conversations) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wm-recall-')), store = await system.start(context, folder);
    try {
      const timed = async (work, times) => {
        const began = performance.now(), answer = await work();
        times.push(answer?.ms ?? performance.now() - began);
        return answer;
      };
      for (const turn of conversation.memories) await timed(() => store.store(turn), storeMs);
      await store.stored?.();
      for (const { question, category, evidence } of conversation.queries) {
        if (!evidence.length) continue;
        const asked = random ? misspelt(question, random) : question;
        rows.push({ category, ...score(await timed(() => store.search(asked, LIMIT), searchMs), evidence) });
      }
    } finally {
      await store.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  const main = rows.filter(row => row.category !== 'adversarial');
  return {
    ...means(main), searchP50: percentile(searchMs, 50), searchP95: percentile(searchMs, 95), storeMean: storeMs.reduce((sum, ms) => sum + ms, 0) / storeMs.length,
    categories: Object.fromEntries(CATEGORIES.map(name => [name, means(rows.filter(row => row.category === name)).ndcg10])),
  };
}

const only = quick ? { only: 'conv-26' } : {}, conversations = readConversations(data, only), results = [];
async function add(name, version, system, ...how) {
  const result = { name, version, ...await measure(system, ...how) };
  console.log(`${name} ${version}: nDCG@10 ${result.ndcg10}, R@10 ${result.r10}, search p50 ${round2(result.searchP50)} ms`);
  results.push(result);
}
for (const file of ['wm', 'fts5', 'graphs'])
  for (const system of (await import(`./systems/${file}.mjs`)).default) {
    const version = await system.version(context);
    await add(system.name, version, system, conversations);
    if (system.name !== 'wm') continue;
    await add('wm, all in one store', version, system, readConversations(data, { ...only, pooled: true }));
    await add(`wm, a misspelling in each question, seed ${TYPO_SEED}`, version, system, conversations, seededRandom(TYPO_SEED));
  }
if (quick) process.exit(0);

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
const alone = results.filter(result => !result.name.startsWith('wm, all') && !result.name.startsWith('wm, a mis'));
const turns = conversations.reduce((sum, each) => sum + each.memories.length, 0);
fs.mkdirSync(report, { recursive: true });
fs.writeFileSync(path.join(report, 'README.md'), `# Recall, measured

Made by \`node benchmarks/recall/report.mjs\` on ${new Date().toISOString().slice(0, 10)}, ${process.platform}-${process.arch}, ${os.cpus()[0].model}, Node ${process.versions.node}. LoCoMo's development
half: ${conversations.length} conversations in a store of their own each, ${turns} turns stored, ${results[0].n} questions scored; adversarial ones apart. Only figures are here: LoCoMo's licence
keeps its texts out.

![nDCG@10 of each system](ndcg.svg)

${table(['system', 'version', 'nDCG@10', 'R@10', 'MRR@10', 'search p50', 'p95', 'store, mean'],
  results.map(each => [each.name, each.version, each.ndcg10.toFixed(3), each.r10.toFixed(3), each.mrr10.toFixed(3), `${round2(each.searchP50)} ms`, `${round2(each.searchP95)} ms`, `${round2(each.storeMean)} ms`]))}

![Time of a search](latency.svg)

## By category, nDCG@10

![nDCG@10 by category](categories.svg)

${table(['system', ...CATEGORIES], results.map(each => [each.name, ...CATEGORIES.map(name => each.categories[name].toFixed(3))]))}

## How it was done

- wm: \`create_memory\` with content, speaker, session_id and event_time; \`search_memories\` or \`hybrid_recall\` with the question. Full durability.
- Plain FTS5: a program in C with SQLite; porter, the question's words without stop words joined by OR. Its times are taken inside, without a pipe.
- Servers of a graph: a turn is an entity, its observation "speaker: text", fifty to a call, so the mean of storing is of a fiftieth of a call. They answer the whole question only when
  it stands in a text; therefore their second row, with the longest word. They return whole entities, unranked or by their own order.
- Tried and left out: mcp-memory-keeper 0.14.1 (its SQLite binding is fetched by an install script, which does not run offline), mcp-memory-sqlite 0.0.4 (names a version of a
  dependency that does not exist). Not tried, because they ask for a key or a database of their own: @mem0/mcp-server, @gannonh/memento-mcp.
`);
fs.writeFileSync(path.join(report, 'ndcg.svg'), bars({
  title: 'LoCoMo, development half: nDCG@10', description: 'Larger is better.', names: ['nDCG@10'], digits: 3, rows: results.map(each => ({ label: each.name, values: [each.ndcg10] })),
}));
fs.writeFileSync(path.join(report, 'latency.svg'), bars({
  title: 'Time of a search (log scale)', description: 'Smaller is better; FTS5 without a server.', names: ['p50', 'p95'], digits: 2, unit: ' ms', log: true, least: 0.02,
  rows: alone.map(each => ({ label: each.name, values: [each.searchP50, each.searchP95] })),
}));
const others = alone.slice(3).sort((a, b) => b.ndcg10 - a.ndcg10);
fs.writeFileSync(path.join(report, 'categories.svg'), bars({
  title: 'nDCG@10 by category', description: 'wm, plain FTS5 and the best of the other servers.', names: ['wm', 'plain FTS5', others[0].name], digits: 3,
  rows: CATEGORIES.map(name => ({ label: name, values: [alone[0], alone[2], others[0]].map(each => each.categories[name]) })),
}));
