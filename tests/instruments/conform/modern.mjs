// The modern era (2026-07-28): stateless, versions and capabilities in every request.
import { modernMeta } from '../lib/stdio-client.mjs';
import { createArguments } from '../lib/server-map.mjs';
import { toolSchemaFaults } from '../lib/schemas.mjs';
import { json, pauseMs } from './context.mjs';

const REVISION = '2026-07-28', META = 'io.modelcontextprotocol/';
const withMeta = (changes = {}) => ({ _meta: { ...modernMeta(REVISION, 'conform'), ...changes } });

export async function checkModern(context) {
  const client = context.start();
  await checkToolsList(context, client);
  await checkDiscover(context, client);
  await checkMeta(context, client);
  await checkMethods(context, client);
  await checkToolCalls(context, client);
  await checkListen(context, client);
  await checkMixedEras(context, client);
  context.check('m-stdout-pure', 'MUST', !client.garbage.length, client.garbage[0]);
  const logs = client.notes.filter(note => note.method === 'notifications/message');
  context.check('m-no-log-without-logLevel', 'MUST', !logs.length, json(logs[0]));
  const exit = await client.close();
  context.check('m-exit-0-on-eof', 'SHOULD', exit.code === 0 && !client.forced, json(exit));
}

async function checkToolsList(context, client) {
  const first = await client.requestRaw('tools/list', withMeta());
  context.check('m-first-request-without-discover', 'MUST', first.result?.tools, first.exception || json(first.error));
  if (!first.result) return;
  const { tools } = first.result;
  context.checkSchema('m-tools-list-schema', REVISION, 'ListToolsResult', first.result);
  const second = await client.requestRaw('tools/list', withMeta());
  context.check('m-tools-list-deterministic', 'SHOULD', json(second.result?.tools) === json(tools));
  context.check('m-tool-names', 'SHOULD', tools.every(tool => /^[A-Za-z0-9_.-]{1,128}$/.test(tool.name)));
  const faults = toolSchemaFaults(tools);
  context.check('m-tool-schemas-compile', 'MUST', !faults.length, faults.join(' | '));
}

async function checkDiscover(context, client) {
  const { result, error, exception } = await client.requestRaw('server/discover', withMeta());
  context.check('m-discover', 'MUST', result?.supportedVersions?.includes(REVISION), exception || json(result ?? error));
  if (!result) return;
  context.checkSchema('m-discover-schema', REVISION, 'DiscoverResult', result);
  context.check('m-serverInfo-in-meta', 'SHOULD', result._meta?.[META + 'serverInfo']?.name);
  const capabilities = result.capabilities || {};
  const lists = [['prompts', 'prompts/list', 'ListPromptsResult'], ['resources', 'resources/list', 'ListResourcesResult']];
  for (const [name, method, schema] of lists) {
    const answer = await client.requestRaw(method, withMeta());
    context.check(`m-cap-${name}-matches`, 'MUST', capabilities[name] ? !!answer.result : answer.error?.code === -32601,
      `declared=${!!capabilities[name]} got=${json(answer.error ?? 'result')}`);
    if (answer.result) context.checkSchema(`m-${name}-list-schema`, REVISION, schema, answer.result);
  }
}

async function checkMeta(context, client) {
  let answer = await client.requestRaw('tools/list', {});
  context.check('m-missing-meta(before any handshake)', 'INFO', answer.error?.code === -32602, json(answer.error ?? 'result'));
  answer = await client.requestRaw('tools/list', { _meta: { [META + 'protocolVersion']: REVISION } });
  context.check('m-missing-clientCapabilities', 'MUST', answer.error?.code === -32602, json(answer.error ?? 'result'));
  answer = await client.requestRaw('tools/list', { _meta: { [META + 'protocolVersion']: REVISION, [META + 'clientCapabilities']: {} } });
  context.check('m-clientInfo-optional', 'MUST', answer.result?.tools, json(answer.error));
  answer = await client.requestRaw('tools/list', withMeta({ [META + 'protocolVersion']: '1999-01-01' }));
  const { code, data } = answer.error ?? {};
  context.check('m-unsupported-version -32022', 'MUST',
    code === -32022 && Array.isArray(data?.supported) && data?.requested === '1999-01-01', json(answer.error ?? 'result'));
  answer = await client.requestRaw('server/discover', withMeta({ [META + 'protocolVersion']: '2099-01-01' }));
  context.check('m-discover-future-version -32022', 'MUST', answer.error?.code === -32022, json(answer.error ?? 'result'));
}

async function checkMethods(context, client) {
  let answer = await client.requestRaw('no/such', withMeta());
  context.check('m-unknown-method -32601', 'MUST', answer.error?.code === -32601, json(answer.error ?? answer.exception));
  const removed = [['ping', {}], ['logging/setLevel', { level: 'info' }], ['resources/subscribe', { uri: 'x://y' }], ['resources/unsubscribe', { uri: 'x://y' }]];
  for (const [method, params] of removed) {
    answer = await client.requestRaw(method, { ...withMeta(), ...params });
    context.check(`m-removed ${method} -32601`, 'MUST', answer.error?.code === -32601, json(answer.error ?? answer.exception ?? 'result'));
  }
  answer = await client.requestRaw('resources/read', { uri: 'test://nonexistent', ...withMeta() });
  context.check('m-resource-not-found -32602/-32601', 'SHOULD', [-32602, -32601].includes(answer.error?.code), json(answer.error ?? 'result'));
}

async function checkToolCalls(context, client) {
  const { tool } = context.map.ops.create;
  let answer = await client.requestRaw('tools/call', { name: 'no_such_tool_x', arguments: {}, ...withMeta() });
  context.check('m-unknown-tool is JSON-RPC error -32602', 'SHOULD', answer.error?.code === -32602, json(answer.error ?? answer.result ?? answer.exception));
  answer = await client.requestRaw('tools/call', { name: tool, arguments: createArguments(context.map, 1), ...withMeta() });
  context.check('m-tools-call', 'MUST', answer.result && !answer.result.isError, json(answer.error ?? answer.result ?? answer.exception));
  if (answer.result) {
    context.checkSchema('m-tools-call-schema', REVISION, 'CallToolResult', answer.result);
    context.check('m-resultType complete', 'MUST', answer.result.resultType === 'complete');
  }
  answer = await client.requestRaw('tools/call', { name: tool, arguments: {}, ...withMeta() });
  context.check('m-bad-args is isError or -32602', 'SHOULD', answer.result?.isError === true || answer.error?.code === -32602, json(answer.error ?? answer.result));
  if (answer.result) context.checkSchema('m-bad-args-schema', REVISION, 'CallToolResult', answer.result);
}

/** A subscription is either acknowledged or unknown; silence is neither. */
async function checkListen(context, client) {
  const before = client.notes.length;
  const listening = client.requestRaw('subscriptions/listen', { notifications: { toolsListChanged: true }, ...withMeta() }, 3000);
  await pauseMs(500);
  const acknowledged = client.notes.slice(before).find(note => note.method === 'notifications/subscriptions/acknowledged');
  const answer = await Promise.race([listening, pauseMs(100)]);
  context.check('m-subscriptions/listen ack or -32601', 'MUST', acknowledged || answer?.error?.code === -32601, json(acknowledged ?? answer));
  if (acknowledged) context.checkSchema('m-listen-ack-schema', REVISION, 'SubscriptionsAcknowledgedNotification', acknowledged);
}

async function checkMixedEras(context, client) {
  let answer = await client.requestRaw('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'conform', version: '1' } });
  context.check('x-initialize-after-modern-on-same-process', 'INFO', !!answer.result, json(answer.error ?? answer.result?.protocolVersion));
  answer = await client.requestRaw('tools/list', withMeta());
  context.check('x-modern-still-served-after-initialize', 'INFO', !!answer.result, json(answer.error));
}
