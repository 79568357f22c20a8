#!/usr/bin/env node
// Benchmark and acceptance driver for a stdio MCP memory server.
//   node mcpbench.mjs --map maps/wm.json [--era legacy|modern] [--cold 20] [--preload 0] [--n 500] [--payload 300]
//        [--maxphase 60] [--out result.json] [--check] -- wm serve
// --check: exit 1 unless every call succeeded, every search and read found its text, stdout was pure,
// the server left with 0 at EOF, and a second process still sees the last write.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { diskBytes, percentile, round2, summary } from './lib/measure.mjs';
import { createArguments, extractId, fill, isError, launch, loadMap, memoryValues, parseArguments, searchArguments, toolText } from './lib/server-map.mjs';

const options = parseArguments(process.argv.slice(2));
const map = loadMap(options.map), command = options.command?.length ? options.command : map.command;
const coldCount = +(options.cold ?? 20), count = +(options.n ?? 500), preload = +(options.preload ?? 0);
const payload = +(options.payload ?? 300), callTimeoutMs = +(options.calltimeout ?? 120000), maxPhaseMs = +(options.maxphase ?? 60) * 1000;
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'wm-bench-'));
const start = () => launch(map, command, dataDir, options);
const result = { server: map.name, command: command.join(' '), era: options.era || 'legacy', preload, payload };
const errors = { create: 0, search: 0, read: 0, search_miss: 0, read_miss: 0 };
const ids = new Map();
let firstError;

async function fillStore() {
  const client = start();
  await client.open();
  const began = performance.now();
  for (let i = 0; i < preload; i++) {
    const message = await client.call(map.ops.create.tool, createArguments(map, i, { payload }), callTimeoutMs);
    if (isError(message)) throw new Error('preload failed: ' + JSON.stringify(message).slice(0, 400));
  }
  result.preload_ms = round2(performance.now() - began);
  await client.close();
}

/** Starts the server again and again; the last one is kept for the phases. */
async function measureColdStarts() {
  const toTools = [], toOpen = [];
  let client, tools;
  for (let k = 0; k < Math.max(1, coldCount); k++) {
    await client?.close();
    client = start();
    await client.open();
    toOpen.push(performance.now() - client.startedAt);
    tools = (await client.request('tools/list')).result?.tools;
    toTools.push(performance.now() - client.startedAt);
  }
  result.cold_ms = { n: toTools.length, median: round2(percentile(toTools, 50)), min: round2(Math.min(...toTools)), p95: round2(percentile(toTools, 95)), open_median: round2(percentile(toOpen, 50)) };
  const opened = client.opened.result;
  result.protocol = opened?.protocolVersion || opened?.supportedVersions || client.opened.error;
  result.server_info = opened?.serverInfo || opened?._meta?.['io.modelcontextprotocol/serverInfo'];
  result.tools = tools?.length;
  result.tools_list_bytes = JSON.stringify(tools || []).length;
  result.resident_idle_kb = client.residentKb();
  for (const operation of Object.values(map.ops))
    if (!tools?.some(tool => tool.name === operation.tool)) throw new Error('tool not offered: ' + operation.tool);
  return client;
}

async function phase(name, times, step) {
  const latencies = [], began = performance.now();
  for (let k = 0; k < times; k++) {
    const before = performance.now();
    let message;
    try { message = await step(k); } catch (error) {
      errors[name]++;
      firstError ??= String(error);
      if (/timeout|exited/.test(String(error)) && errors[name] > 2) break;
      continue;
    }
    latencies.push(performance.now() - before);
    if (isError(message)) { errors[name]++; firstError ??= JSON.stringify(message).slice(0, 300); }
    if (performance.now() - began > maxPhaseMs) break;
  }
  result[name] = latencies.length ? summary(latencies, performance.now() - began) : null;
  if (result[name] && latencies.length < times) result[name].stopped_early = true;
}

async function readBack(client, i) {
  return client.call(map.ops.read.tool, fill(map.ops.read.args, { id: ids.get(i) }), callTimeoutMs);
}

async function run() {
  if (preload) await fillStore();
  const client = await measureColdStarts();
  await phase('create', count, async k => {
    const message = await client.call(map.ops.create.tool, createArguments(map, preload + k, { payload }), callTimeoutMs);
    ids.set(preload + k, extractId(map, message));
    return message;
  });
  const stored = preload + (result.create?.n || 0);
  await phase('search', stored ? count : 0, async k => {
    const { query } = memoryValues((k * 7919) % stored, { payload });
    const message = await client.call(map.ops.search.tool, searchArguments(map, query), callTimeoutMs);
    // The echo of the query proves nothing; the text of the memory has a blank after the token.
    if (!toolText(message).includes(query + ' ')) errors.search_miss++;
    return message;
  });
  errors.search_broad = 0;
  await phase('search_broad', Math.min(count, 50), async k =>
    client.call(map.ops.search.tool, fill(map.ops.search.args_broad, memoryValues(k, { payload })), callTimeoutMs));
  const known = [...ids.keys()].filter(i => ids.get(i) !== undefined);
  result.ids_extracted = known.length;
  await phase('read', known.length ? count : 0, async k => {
    const i = known[(k * 7919) % known.length], message = await readBack(client, i);
    if (!toolText(message).includes(`uniq${i}tok`)) errors.read_miss++;
    return message;
  });
  result.resident_end_kb = client.residentKb();
  result.errors = errors;
  if (firstError) result.first_error = firstError;
  result.stdout_garbage = client.garbage.length;
  result.exit_on_eof = { ...await client.close(), forced: !!client.forced };
  result.disk_bytes = diskBytes(dataDir);
  if (known.length) {
    const second = start();
    await second.open();
    result.durable_across_restart = toolText(await readBack(second, known.at(-1))).includes(`uniq${known.at(-1)}tok`);
    await second.close();
  }
}

function problems() {
  const found = Object.entries(errors).filter(([, times]) => times).map(([name, times]) => `${name}: ${times}`);
  for (const name of ['create', 'search', 'read'])
    if (result[name]?.n !== count) found.push(`${name}: ${result[name]?.n ?? 0} of ${count} done`);
  if (result.ids_extracted !== count) found.push(`ids: ${result.ids_extracted} of ${count}`);
  if (result.stdout_garbage) found.push('stdout carried lines that are not JSON');
  if (result.exit_on_eof.code !== 0 || result.exit_on_eof.forced) found.push('did not exit with 0 at EOF');
  if (!result.durable_across_restart) found.push('the last acknowledged write is gone after a restart');
  return found;
}

try {
  await run();
  result.problems = problems();
} catch (error) {
  result.problems = [String(error.stack)];
}
if (options.out) fs.writeFileSync(options.out, JSON.stringify(result, null, 1));
console.log(JSON.stringify(result, null, 1));
fs.rmSync(dataDir, { recursive: true, force: true });
process.exit(options.check && result.problems.length ? 1 : 0);
