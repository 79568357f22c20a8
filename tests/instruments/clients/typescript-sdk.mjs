#!/usr/bin/env node
// The TypeScript SDK 1.x (the legacy era): connect, list, call, close.
//   node typescript-sdk.mjs -- wm serve
import { requireInstalled } from '../lib/modules.mjs';
import { closePromptly, exerciseMemory, expect, program, programArgs, runClient } from './session.mjs';

const { Client } = requireInstalled('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport, getDefaultEnvironment } = requireInstalled('@modelcontextprotocol/sdk/client/stdio.js');

await runClient('typescript-sdk', async folder => {
  const transport = new StdioClientTransport({ command: program, args: programArgs, env: { ...getDefaultEnvironment(), WM_STATE_ROOT: folder }, stderr: 'ignore' });
  const client = new Client({ name: 'typescript-sdk', version: '1' });
  await client.connect(transport);
  const { pid } = transport, server = client.getServerVersion();
  expect('the server names itself', server?.name && server?.version, server);
  const facts = await exerciseMemory(
    async () => (await client.listTools()).tools.map(tool => tool.name),
    (name, args) => client.callTool({ name, arguments: args }));
  await client.ping();
  return { server, ...facts, close_ms: await closePromptly(client, pid) };
});
