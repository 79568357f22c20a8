// Process start to the first answers, in turn with server-memory and with a C program that only answers (the price of any process).
import { performance } from 'node:perf_hooks';
import { percentile, round2 } from '../../../tests/instruments/lib/measure.mjs';
import { StdioClient } from '../../../tests/instruments/lib/stdio-client.mjs';
import { install, start } from '../lib/server-memory.mjs';

export async function measure(context, { rounds }) {
  const entry = install(context.root), wrong = [];
  const servers = {
    wm: () => new StdioClient(context.wm, ['serve'], { env: { WM_STATE_ROOT: context.folder('start-wm') } }),
    server_memory: () => start(entry, context.folder('start-server-memory')),
    empty_c_program: () => new StdioClient(context.peer, ['--answer']),
  };
  const times = {};
  for (const name in servers) times[name] = { initialize: [], tools: [] };
  for (let round = 0; round < rounds; round++)
    for (const [name, launch] of Object.entries(servers)) {
      // wm's turn comes more often: it is done long before a Node process is, and the median of more rounds is steadier.
      for (let k = name === 'server_memory' ? 1 : 3; k > 0; k--) {
        const client = launch();
        const opened = await client.open();
        times[name].initialize.push(performance.now() - client.startedAt);
        const listed = await client.request('tools/list');
        times[name].tools.push(performance.now() - client.startedAt);
        if (name !== 'empty_c_program' && (!opened.result?.protocolVersion || !listed.result?.tools?.length)) wrong.push(`${name} did not answer as an MCP server`);
        await client.close();
      }
    }
  const median = (name, what) => percentile(times[name][what], 50);
  const values = {
    initialize_ms: median('wm', 'initialize'), tools_list_ms: median('wm', 'tools'),
    times_faster: median('server_memory', 'tools') / median('wm', 'tools'),
  };
  const details = {};
  for (const name in times)
    for (const what in times[name])
      details[`${name}_${what}_ms`] = { min: round2(Math.min(...times[name][what])), p50: round2(median(name, what)), p95: round2(percentile(times[name][what], 95)) };
  return { values, details, wrong };
}
