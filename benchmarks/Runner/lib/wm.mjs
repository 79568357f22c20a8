// wm over stdio, as a client uses it: calls with their times, and answers that are checked.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import { StdioClient } from '../../../tests/instruments/lib/stdio-client.mjs';
import { isError, toolText } from '../../../tests/instruments/lib/server-map.mjs';

export class Wm {
  /** With a clock (../../peer/clock.c) between, the times are those that a client in C sees. */
  static async start(context, folder, args = ['serve'], clock = null) {
    fs.mkdirSync(folder, { recursive: true });
    const wm = new Wm();
    wm.isClocked = clock !== null;
    wm.client = new StdioClient(clock ?? context.wm, clock ? [context.wm, ...args] : args, { env: { WM_STATE_ROOT: folder }, cwd: folder });
    await wm.client.open();
    return wm;
  }

  /** The structured answer and the milliseconds it took; a failure is a wrong answer and ends the figure. */
  async call(tool, args, timeoutMs = 600000) {
    const began = performance.now();
    const message = await this.client.call(tool, args, timeoutMs);
    const ms = this.isClocked ? this.client.notes.splice(0).findLast(note => note.method === 'clock').params.us / 1000 : performance.now() - began;
    if (isError(message)) throw new Error(`${tool}: ${JSON.stringify(message.error ?? toolText(message)).slice(0, 400)}`);
    return { ms, answer: message.result.structuredContent };
  }

  /** Milliseconds of an import of `count` memories. */
  async import(file, count) {
    const { ms, answer } = await this.call('import_memories', { path: file });
    if (answer.created !== count || answer.failed) throw new Error(`import_memories: ${JSON.stringify(answer).slice(0, 400)}, expected ${count} created`);
    return ms;
  }

  /** The numbers of the memories found, from their titles. */
  async search(words, limit) {
    const { ms, answer } = await this.call('search_memories', { query: words.join(' '), limit });
    return { ms, items: answer.results.map(result => +/ note(\d+)$/.exec(result.title)[1]) };
  }

  residentBytes() { return this.client.residentKb() * 1024; }

  async close() {
    const exit = await this.client.close(20000);
    if (this.client.forced || exit.code !== 0) throw new Error(`wm left with ${JSON.stringify(exit)}: ${this.client.stderr.slice(0, 400)}`);
    if (this.client.garbage.length) throw new Error(`stdout held a line that is no message: ${this.client.garbage[0]}`);
  }
}
