#!/usr/bin/env node
// The TypeScript client 2.x, which can speak both eras: connect, list, call, close.
//   node typescript-client.mjs --mode auto|pinned|legacy -- wm serve
// auto probes with server/discover on a process it throws away; pinned takes 2026-07-28 or nothing.
import { requireInstalled } from '../lib/modules.mjs';
import { closePromptly, exerciseMemory, expect, options, program, programArgs, runClient } from './session.mjs';

const MODERN = '2026-07-28', LATEST_LEGACY = '2025-11-25';
const MODES = { auto: 'auto', pinned: { pin: MODERN }, legacy: 'legacy' };
const { Client } = requireInstalled('@modelcontextprotocol/client');
const { StdioClientTransport, getDefaultEnvironment } = requireInstalled('@modelcontextprotocol/client/stdio');

await runClient('typescript-client ' + options.mode, async folder => {
  expect('known mode', options.mode in MODES, options.mode);
  const transport = new StdioClientTransport({ command: program, args: programArgs, env: { ...getDefaultEnvironment(), WM_STATE_ROOT: folder }, stderr: 'ignore' });
  const client = new Client({ name: 'typescript-client', version: '1' }, { versionNegotiation: { mode: MODES[options.mode] } });
  await client.connect(transport);
  const { pid } = transport, protocol = client.getNegotiatedProtocolVersion(), era = client.getProtocolEra();
  expect('the era', era === (options.mode === 'legacy' ? 'legacy' : 'modern'), era);
  expect('the revision', protocol === (options.mode === 'legacy' ? LATEST_LEGACY : MODERN), protocol);
  const facts = await exerciseMemory(
    async () => (await client.listTools()).tools.map(tool => tool.name),
    (name, args) => client.callTool({ name, arguments: args }));
  return { protocol, era, ...facts, close_ms: await closePromptly(client, pid) };
});
