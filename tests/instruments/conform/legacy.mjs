// The legacy era: initialize first, then requests without `_meta`.
import { createArguments } from '../lib/server-map.mjs';
import { json } from './context.mjs';

export async function checkLegacy(context, revision) {
  const prefix = `l${revision.slice(2, 4)}${revision.slice(5, 7)}-`;
  const client = context.start(revision);
  const opened = await client.open(15000).catch(error => ({ exception: error.message }));
  context.check(prefix + 'initialize', 'MUST', opened.result?.protocolVersion === revision, json(opened.result?.protocolVersion ?? opened.error ?? opened.exception));
  if (!opened.result) { await client.close(); return; }
  context.checkSchema(prefix + 'initialize-schema', revision, 'InitializeResult', opened.result);
  await checkRequests(context, client, revision, prefix);
  await checkCapabilities(context, client, opened.result.capabilities, prefix);
  context.check(prefix + 'stdout-pure', 'MUST', !client.garbage.length, client.garbage[0]);
  const exit = await client.close();
  context.check(prefix + 'exit-0-on-eof', 'SHOULD', exit.code === 0 && !client.forced, json(exit));
}

async function checkRequests(context, client, revision, prefix) {
  const { tool } = context.map.ops.create;
  let answer = await client.requestRaw('ping', {});
  context.check(prefix + 'ping {}', 'MUST', answer.result && json(answer.result) === '{}', json(answer.error ?? answer.result));
  answer = await client.requestRaw('tools/list', {});
  context.checkSchema(prefix + 'tools-list-schema', revision, 'ListToolsResult', answer.result);
  context.check(prefix + 'no 2026-only result fields', 'SHOULD',
    answer.result && !('resultType' in answer.result) && !('ttlMs' in answer.result), Object.keys(answer.result || {}));
  answer = await client.requestRaw('tools/call', { name: tool, arguments: createArguments(context.map, 2) });
  context.checkSchema(prefix + 'tools-call-schema', revision, 'CallToolResult', answer.result);
  context.check(prefix + 'tools-call succeeds', 'MUST', answer.result && !answer.result.isError, json(answer.error ?? answer.result ?? answer.exception));
  answer = await client.requestRaw('tools/call', { name: 'no_such_tool_x', arguments: {} });
  context.check(prefix + 'unknown-tool -32602', 'SHOULD', answer.error?.code === -32602, json(answer.error ?? answer.result));
  answer = await client.requestRaw('tools/call', { name: tool, arguments: {} });
  context.check(prefix + 'bad-args isError|-32602', 'SHOULD', answer.result?.isError || answer.error?.code === -32602, json(answer.error ?? answer.result));
  answer = await client.requestRaw('no/such', {});
  context.check(prefix + 'unknown-method -32601', 'MUST', answer.error?.code === -32601, json(answer.error ?? answer.exception));
}

async function checkCapabilities(context, client, capabilities, prefix) {
  const pairs = [['prompts', 'prompts/list', {}], ['resources', 'resources/list', {}], ['logging', 'logging/setLevel', { level: 'info' }]];
  for (const [name, method, params] of pairs) {
    const answer = await client.requestRaw(method, params);
    context.check(`${prefix}cap-${name}-matches`, 'SHOULD', capabilities[name] ? !!answer.result : answer.error?.code === -32601,
      `declared=${!!capabilities[name]} got=${json(answer.error ?? 'result')}`);
  }
}
