#!/usr/bin/env node
// A minimal dual-era memory server on which every instrument is green: a red result elsewhere is then the server's own.
// It proves the instruments, and is not a design. Storage: one append-only file of JSON lines that processes share.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const META = 'io.modelcontextprotocol/', MODERN = '2026-07-28';
const LEGACY = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
const SERVER = { name: 'mock-wm', version: '0' };
const folder = process.env.WM_STATE_ROOT || '.', file = path.join(folder, 'memories.jsonl');

class RpcError extends Error {
  constructor(code, message, data) { super(message); this.code = code; this.data = data; }
}

// ---- storage
const memories = new Map();
let readOffset = 0;

function readNewLines() {
  let handle;
  try { handle = fs.openSync(file, 'r'); } catch { return; }
  const size = fs.fstatSync(handle).size;
  if (size > readOffset) {
    const bytes = Buffer.alloc(size - readOffset);
    fs.readSync(handle, bytes, 0, bytes.length, readOffset);
    const end = bytes.lastIndexOf(10);
    for (const line of bytes.subarray(0, Math.max(0, end)).toString().split('\n')) {
      try { const memory = JSON.parse(line); memories.set(memory.memory_id, { memory, terms: new Set(words(`${memory.title} ${memory.speaker} ${memory.content}`)) }); } catch { /* a torn or damaged line */ }
    }
    readOffset += end + 1;
  }
  fs.closeSync(handle);
}

function append(memory) {
  fs.mkdirSync(folder, { recursive: true });
  const handle = fs.openSync(file, 'a');
  try {
    // The line feed in front closes a line that another process may have left torn.
    const bytes = Buffer.from('\n' + JSON.stringify(memory) + '\n');
    if (fs.writeSync(handle, bytes) < bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
    fs.fsyncSync(handle);
  } finally { fs.closeSync(handle); }
}

// ---- tools
const text = { type: 'string' };
const object = (properties, required) => ({ type: 'object', properties, required });
const tools = [
  { name: 'create_memory', description: 'Stores a memory.', inputSchema: object({ title: text, content: text, tags: { type: 'array', items: text }, speaker: text, session_id: text, event_time: text }, ['content']) },
  { name: 'search_memories', description: 'Finds memories that share words with the query.', inputSchema: object({ query: text, limit: { type: 'integer' } }, ['query']) },
  { name: 'read_memory', description: 'Reads one memory.', inputSchema: object({ memory_id: text }, ['memory_id']) },
];
const success = value => ({ content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value });
const failure = (code, message) => ({ content: [{ type: 'text', text: JSON.stringify({ status: 'error', error_code: code, message }) }], isError: true });
const words = value => String(value).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function search(query, limit = 10) {
  const wanted = [...new Set(words(query))], scored = [];
  for (const { memory, terms } of memories.values()) {
    const score = wanted.filter(word => terms.has(word)).length;
    if (score) scored.push({ score, memory });
  }
  return { results: scored.sort((a, b) => b.score - a.score).slice(0, limit).map(({ score, memory }) => ({ ...memory, score })) };
}

function callTool(params) {
  if (!params || typeof params !== 'object' || Array.isArray(params)) throw new RpcError(-32602, 'params must be an object');
  const tool = tools.find(candidate => candidate.name === params.name);
  if (!tool) throw new RpcError(-32602, 'Unknown tool: ' + params.name);
  const args = params.arguments ?? {};
  if (typeof args !== 'object' || Array.isArray(args)) throw new RpcError(-32602, 'arguments must be an object');
  for (const name of tool.inputSchema.required) if (typeof args[name] !== 'string') return failure('invalid_params', name + ' must be a string');
  try {
    readNewLines();
    if (tool.name === 'search_memories') return success(search(args.query, args.limit));
    if (tool.name === 'read_memory') return memories.has(args.memory_id) ? success(memories.get(args.memory_id).memory) : failure('not_found', 'no such memory');
    const memory = { ...args, memory_id: randomUUID(), title: args.title ?? '' };
    append(memory);
    return success({ memory_id: memory.memory_id });
  } catch (error) {
    return failure({ ENOSPC: 'storage_full', EROFS: 'storage_readonly' }[error.code] ?? 'internal_error', error.message);
  }
}

// ---- protocol
let initialized = false;

function answerModern(method, params, version) {
  if (version !== MODERN) throw new RpcError(-32022, 'Unsupported protocol version', { requested: String(version), supported: [MODERN] });
  if (typeof params._meta[META + 'clientCapabilities'] !== 'object') throw new RpcError(-32602, `missing _meta.${META}clientCapabilities`);
  const complete = value => ({ ...value, resultType: 'complete', _meta: { [META + 'serverInfo']: SERVER } });
  const caching = { ttlMs: 60000, cacheScope: 'private' };
  if (method === 'server/discover') return complete({ supportedVersions: [MODERN], capabilities: { tools: {} }, ...caching });
  if (method === 'tools/list') return complete({ tools, ...caching });
  if (method === 'tools/call') return complete(callTool(params));
  throw new RpcError(-32601, 'Method not found');
}

function answer({ method, params }) {
  const meta = params && !Array.isArray(params) ? params._meta : undefined, version = meta?.[META + 'protocolVersion'];
  if (version !== undefined) return answerModern(method, params, version);
  if (method === 'server/discover') throw new RpcError(-32602, 'missing _meta');
  if (method === 'initialize') {
    initialized = true;
    return { protocolVersion: LEGACY.includes(params?.protocolVersion) ? params.protocolVersion : LEGACY[0], capabilities: { tools: {} }, serverInfo: SERVER };
  }
  if (method === 'ping') return {};
  if (!initialized) throw new RpcError(-32602, `missing _meta.${META}protocolVersion and no initialize handshake`);
  if (method === 'tools/list') return { tools };
  if (method === 'tools/call') return callTool(params);
  throw new RpcError(-32601, 'Method not found');
}

/** Ids go back with the digits they came with: a double would change those above 2^53. */
function idText(line, message) {
  if (typeof message.id === 'string') return JSON.stringify(message.id);
  const digits = [...line.matchAll(/"id"\s*:\s*(-?\d[\d.eE+-]*)/g)].map(match => match[1]).filter(found => Number(found) === message.id);
  return digits.at(-1) ?? JSON.stringify(message.id);
}

const write = (id, body) => process.stdout.write(`{"jsonrpc":"2.0","id":${id},${body}}\n`);
const writeError = (id, code, message, data) => write(id, '"error":' + JSON.stringify({ code, message, data }));

function receive(line) {
  if (line.startsWith('\uFEFF')) line = line.slice(1);
  if (/^[ \t\r]*$/.test(line)) return;
  let message;
  try { message = JSON.parse(line); } catch { writeError('null', -32700, 'Parse error'); return; }
  if (!message || typeof message !== 'object' || Array.isArray(message)) { writeError('null', -32600, 'Invalid Request'); return; }
  if (!('method' in message) && ('result' in message || 'error' in message)) return;
  const idIsUsable = typeof message.id === 'string' || typeof message.id === 'number' && Number.isFinite(message.id);
  const id = idIsUsable ? idText(line, message) : 'null';
  if (typeof message.method !== 'string' || message.jsonrpc !== '2.0' || 'id' in message && !idIsUsable) { writeError(id, -32600, 'Invalid Request'); return; }
  if (!('id' in message)) return;
  try { write(id, '"result":' + JSON.stringify(answer(message))); } catch (error) { writeError(id, error.code ?? -32603, error.message, error.data); }
}

let parts = [];
process.stdin.on('data', data => {
  let rest = data, end;
  while ((end = rest.indexOf(10)) >= 0) {
    receive(Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8'));
    parts = [];
    rest = rest.subarray(end + 1);
  }
  if (rest.length) parts.push(rest);
});
process.on('SIGTERM', () => process.exit(0));
