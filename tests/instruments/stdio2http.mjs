#!/usr/bin/env node
// A thin Streamable HTTP face over a stdio MCP server, for suites that speak HTTP only.
//   node stdio2http.mjs PORT -- wm serve       (PORT 0 takes a free one; the address goes to stderr)
// Modern requests (those with `_meta` protocolVersion) share one child; each legacy initialize gets a child and a session.
// Bodies pass unchanged but for the ids, which are unique per child.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import http from 'node:http';

const META = 'io.modelcontextprotocol/', LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const cut = process.argv.indexOf('--');
if (cut < 0) { console.error('usage: stdio2http.mjs PORT -- command'); process.exit(2); }
const [program, ...programArgs] = process.argv.slice(cut + 1);

/** One stdio server. Each exchange is an HTTP response that waits for the answer to its request. */
class Child {
  constructor() {
    this.nextId = 0;
    this.exchanges = new Map();
    this.process = spawn(program, programArgs, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdin.on('error', () => {});
    this.process.stdout.setEncoding('utf8');
    let buffered = '';
    this.process.stdout.on('data', data => {
      const lines = (buffered + data).split('\n');
      buffered = lines.pop();
      for (const line of lines) if (line.trim()) this.#receive(line);
    });
    this.process.on('close', () => {
      this.ended = true;
      for (const exchange of this.exchanges.values()) exchange.abort();
    });
  }

  #receive(line) {
    let message;
    try { message = JSON.parse(line); } catch { console.error('not JSON on stdout: ' + line.slice(0, 200)); return; }
    if (message.id !== undefined && !message.method) {
      const exchange = this.exchanges.get(message.id);
      if (!exchange) return;
      this.exchanges.delete(message.id);
      exchange.finish({ ...message, id: exchange.id });
      return;
    }
    const key = META + 'subscriptionId', subscription = message.params?._meta?.[key];
    const owner = subscription === undefined ? undefined : this.exchanges.get(subscription);
    if (owner) message.params._meta[key] = owner.id;
    (owner ?? [...this.exchanges.values()].at(-1))?.note(message);
  }

  send(message, exchange) {
    if (message.id !== undefined && message.method) {
      exchange.key = ++this.nextId;
      this.exchanges.set(exchange.key, exchange);
      message = { ...message, id: exchange.key };
    }
    this.process.stdin.write(JSON.stringify(message) + '\n');
  }

  cancel(exchange) {
    if (!this.exchanges.delete(exchange.key)) return;
    this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: exchange.key, reason: 'http closed' } });
  }
}

let modern;
const sessions = new Map();

const rpcError = (id, code, message) => JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });

function comesFromHere({ headers }) {
  const host = (headers.host || '').replace(/:\d+$/, '');
  return LOOPBACK.includes(host) && (!headers.origin || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.origin));
}

/** The child that answers this message, and the headers that name its session. */
function route(message, headers) {
  const isModern = message.params?._meta?.[META + 'protocolVersion'] || headers['mcp-protocol-version'] === '2026-07-28';
  if (message.method === 'initialize' && !isModern) {
    const session = randomUUID(), child = new Child();
    sessions.set(session, child);
    return { child, extra: { 'mcp-session-id': session } };
  }
  const session = headers['mcp-session-id'];
  if (session) {
    const child = sessions.get(session);
    return { child: child?.ended ? undefined : child, extra: {} };
  }
  if (!modern || modern.ended) modern = new Child();
  return { child: modern, extra: {} };
}

/** The status the modern HTTP binding wants for an error. */
function statusFor(message, answer) {
  if (!answer.error) return 200;
  const fixed = { '-32601': 404, '-32020': 400, '-32021': 400, '-32022': 400 }[answer.error.code];
  if (fixed) return fixed;
  const meta = message.params?._meta;
  const hasMeta = meta?.[META + 'protocolVersion'] && meta[META + 'clientCapabilities'];
  return answer.error.code === -32602 && !hasMeta ? 400 : 200;
}

function exchangeFor(message, response, child, extra) {
  let streaming = false;
  const event = value => response.write('event: message\ndata: ' + JSON.stringify(value) + '\n\n');
  return {
    id: message.id,
    note(notification) {
      if (!streaming) response.writeHead(200, { 'content-type': 'text/event-stream', ...extra });
      streaming = true;
      event(notification);
    },
    finish(answer) {
      if (streaming) { event(answer); response.end(); return; }
      response.writeHead(child === modern ? statusFor(message, answer) : 200, { 'content-type': 'application/json', ...extra });
      response.end(JSON.stringify(answer));
    },
    abort() {
      if (!streaming) response.writeHead(502);
      response.end();
    },
  };
}

function post(request, response, body) {
  let message;
  try { message = JSON.parse(body); } catch {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(rpcError(null, -32700, 'Parse error'));
    return;
  }
  const { child, extra } = route(message, request.headers);
  if (!child) {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(rpcError(message.id ?? null, -32001, 'Session not found'));
    return;
  }
  if (message.id === undefined || !message.method) {
    child.send(message);
    response.writeHead(202);
    response.end();
    return;
  }
  const exchange = exchangeFor(message, response, child, extra);
  response.on('close', () => child.cancel(exchange));
  child.send(message, exchange);
}

function endSession(request, response) {
  const id = request.headers['mcp-session-id'], child = sessions.get(id);
  sessions.delete(id);
  child?.process.stdin.end();
  response.writeHead(child ? 200 : 404);
  response.end();
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    if (!comesFromHere(request)) { response.writeHead(403); response.end(); return; }
    if (request.method === 'DELETE') { endSession(request, response); return; }
    if (request.method !== 'POST') { response.writeHead(405); response.end(); return; }
    post(request, response, Buffer.concat(chunks).toString('utf8'));
  });
});
server.listen(+process.argv[2], '127.0.0.1', () => console.error(`bridge on http://127.0.0.1:${server.address().port}/mcp`));
process.on('SIGTERM', () => {
  modern?.process.kill();
  for (const child of sessions.values()) child.process.kill();
  process.exit(0);
});
