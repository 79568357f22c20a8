// The C peer (../../peer/peer.c) as a child process: one command, one answer.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { peerFields } from './corpus.mjs';

// The scripts up to this one have FTS5, in whose place wm's own postings came.
const LAST_WITH_FTS5 = '003.sql';

/** The rows and indexes that wm gives its databases, without the ledger and with FTS5 instead of wm's own search: the peer's rows cannot differ from wm's. */
export function writeSchema(root, folder) {
  const from = path.join(root, 'src/WhiteMagic.Sqlite/Schema');
  const script = fs.readdirSync(from).filter(name => name.endsWith('.sql') && name <= LAST_WITH_FTS5).sort().map(name => fs.readFileSync(path.join(from, name), 'utf8')).join('\n');
  const kept = [];
  for (const statement of statements(script)) if (!/\bkarma_/.test(statement)) kept.push(statement);
  const file = path.join(folder, 'schema.sql');
  fs.writeFileSync(file, kept.join(';\n') + ';\n');
  return file;
}

/** Splits a script at the semicolons that end statements; those inside a trigger's BEGIN ... END do not. */
function statements(script) {
  const all = [];
  let statement = '';
  for (const part of script.replace(/--[^\n]*/g, '').split(';')) {
    statement += (statement ? ';' : '') + part;
    if (/\bBEGIN\b/i.test(statement) && !/\bEND\s*$/i.test(statement)) continue;
    if (statement.trim()) all.push(statement.trim());
    statement = '';
  }
  return all;
}

export class Peer {
  constructor(program, database, schema, pragmas = '') {
    this.process = spawn(program, [database, schema, pragmas].filter(Boolean), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    let rest = '';
    this.process.stdout.on('data', data => {
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      for (const line of lines) this.waiting.shift().resolve(line.split('\t'));
    });
    this.exited = new Promise(resolve => this.process.on('close', code => {
      for (const waiter of this.waiting) waiter.reject(new Error(`the peer exited with ${code}`));
      this.waiting = [];
      this.code = code;
      resolve(code);
    }));
    this.process.stdin.on('error', () => {});
  }

  send(...fields) {
    return new Promise((resolve, reject) => {
      if (this.code !== undefined) return reject(new Error(`the peer exited with ${this.code}`));
      this.waiting.push({ resolve, reject });
      this.process.stdin.write(fields.join('\t') + '\n');
    });
  }

  /** Milliseconds that the rows of a file took. */
  async load(file, count) {
    const [rows, us] = await this.send('load', file);
    if (+rows !== count) throw new Error(`the peer loaded ${rows} rows of ${count}`);
    return +us / 1000;
  }

  /** Milliseconds of one row in one transaction, taken inside the peer. */
  async create(memory) { return +(await this.send('create', peerFields(memory)))[0] / 1000; }

  /** The hits and the milliseconds, taken inside the peer. */
  async search(words, limit) {
    const [us, numbers] = await this.send('search', words.map(word => `"${word}"`).join(' OR '), limit);
    return { ms: +us / 1000, items: numbers ? numbers.split(',').map(number => number - 1) : [] };
  }

  async close() {
    this.process.stdin.end();
    return this.exited;
  }
}
