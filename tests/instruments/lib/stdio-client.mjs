// A line-oriented MCP client over a child process: enough of both eras to measure and to break servers.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';

const META = 'io.modelcontextprotocol/';
const LINE_FEED = 10;
const STDERR_KEPT_CHARS = 20000;

/** The `_meta` every modern request must carry. */
export function modernMeta(version = '2026-07-28', clientName = 'instruments') {
  return {
    [META + 'protocolVersion']: version,
    [META + 'clientInfo']: { name: clientName, version: '1' },
    [META + 'clientCapabilities']: {},
  };
}

export class StdioClient {
  constructor(command, args, { env = {}, cwd, era = 'legacy', version } = {}) {
    this.era = era;
    this.version = version || (era === 'modern' ? '2026-07-28' : '2025-11-25');
    this.nextId = 0;
    this.pending = new Map(); // request id -> { resolve, reject }
    this.notes = []; // messages nobody waits for: notifications, answers without a known id
    this.garbage = []; // lines on stdout that are not JSON
    this.stderr = '';
    this.startedAt = performance.now();
    this.process = spawn(command, args, { env: { ...process.env, ...env }, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    this.exited = new Promise(resolve => this.process.on('close', (code, signal) => {
      this.exit = { code, signal };
      this.#failPending(new Error(`server exited code=${code} signal=${signal}`));
      resolve(this.exit);
    }));
    this.process.on('error', error => { this.stderr += String(error); this.#failPending(error); });
    this.process.stdin.on('error', () => {}); // the exit event tells more than EPIPE
    this.process.stderr.on('data', data => { if (this.stderr.length < STDERR_KEPT_CHARS) this.stderr += data; });
    this.#readLines();
  }

  #failPending(error) {
    for (const waiter of this.pending.values()) waiter.reject(error);
    this.pending.clear();
  }

  #readLines() {
    let parts = []; // of the unfinished line; joined once, so that a 10 MB line costs linear time
    this.process.stdout.on('data', data => {
      let rest = data, end;
      while ((end = rest.indexOf(LINE_FEED)) >= 0) {
        parts.push(rest.subarray(0, end));
        this.#receive(Buffer.concat(parts).toString('utf8'));
        parts = [];
        rest = rest.subarray(end + 1);
      }
      if (rest.length) parts.push(rest);
    });
  }

  #receive(line) {
    if (!line.trim()) return;
    let message;
    try { message = JSON.parse(line); } catch { this.garbage.push(line.slice(0, 300)); return; }
    const hasId = message.id !== undefined && message.id !== null;
    if (hasId && (message.result !== undefined || message.error !== undefined)) {
      const waiter = this.pending.get(message.id);
      if (!waiter) { this.notes.push(message); return; }
      this.pending.delete(message.id);
      waiter.resolve(message);
      return;
    }
    if (message.method && message.id !== undefined)
      this.send({ jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'not supported by this client' } });
    this.notes.push(message);
  }

  /** Writes one line; a Buffer goes out as it is, without a line feed. */
  send(message) {
    if (Buffer.isBuffer(message)) { this.process.stdin.write(message); return; }
    this.process.stdin.write((typeof message === 'string' ? message : JSON.stringify(message)) + '\n');
  }

  request(method, params = {}, timeoutMs = 120000) {
    const id = ++this.nextId;
    if (this.era === 'modern') params = { ...params, _meta: { ...modernMeta(this.version), ...(params._meta || {}) } };
    return new Promise((resolve, reject) => {
      if (this.exit) { reject(new Error('server already exited')); return; }
      const timer = setTimeout(() => { this.pending.delete(id); reject(new Error('timeout ' + method)); }, timeoutMs);
      this.pending.set(id, {
        resolve: message => { clearTimeout(timer); resolve(message); },
        reject: error => { clearTimeout(timer); reject(error); },
      });
      this.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  /** Sends a request exactly as given, without the modern `_meta`; a failure is a value, not an exception. */
  async requestRaw(method, params, timeoutMs = 6000) {
    const era = this.era;
    this.era = 'legacy';
    try { return await this.request(method, params, timeoutMs); }
    catch (error) { return { exception: String(error.message) }; }
    finally { this.era = era; }
  }

  /** The first exchange of the era: `server/discover`, or `initialize` and its notification. */
  async open(timeoutMs = 60000) {
    if (this.era === 'modern') return this.opened = await this.request('server/discover', {}, timeoutMs);
    this.opened = await this.request('initialize', {
      protocolVersion: this.version, capabilities: {}, clientInfo: { name: 'instruments', version: '1' },
    }, timeoutMs);
    this.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return this.opened;
  }

  call(tool, args, timeoutMs) {
    return this.request('tools/call', { name: tool, arguments: args }, timeoutMs);
  }

  /** Resident memory in kB of the process and its descendants. */
  residentKb() {
    const children = new Map();
    for (const entry of fs.readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        const stat = fs.readFileSync(`/proc/${entry}/stat`, 'utf8');
        const parent = +stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
        if (!children.has(parent)) children.set(parent, []);
        children.get(parent).push(+entry);
      } catch { /* the process ended meanwhile */ }
    }
    let total = 0;
    const open = [this.process.pid];
    while (open.length) {
      const pid = open.pop();
      try { total += +(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] || 0); } catch { /* ended */ }
      open.push(...(children.get(pid) || []));
    }
    return total;
  }

  /** Ends stdin and waits; a server that does not leave in time is killed and marked `forced`. */
  async close(timeoutMs = 4000) {
    if (this.exit) return this.exit;
    this.process.stdin.end();
    const timer = setTimeout(() => { this.forced = true; this.process.kill('SIGKILL'); }, timeoutMs);
    await this.exited;
    clearTimeout(timer);
    return this.exit;
  }
}
