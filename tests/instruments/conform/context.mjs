// What the parts of stdio-conform share: the server under test and the list of checks made.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch } from '../lib/server-map.mjs';
import { schemaFault } from '../lib/schemas.mjs';

export const json = value => JSON.stringify(value);
export const pauseMs = ms => new Promise(resolve => setTimeout(resolve, ms));

export class Context {
  constructor(map, command) {
    this.map = map;
    this.command = command;
    this.checks = [];
    this.folders = [];
  }

  /** A server on a store of its own. Requests are sent as given: the client adds nothing. */
  start(version) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wm-conform-'));
    this.folders.push(folder);
    return launch(this.map, this.command, folder, { era: 'legacy', version });
  }

  check(id, level, pass, detail = '') {
    this.checks.push({ id, level, pass: !!pass, detail: String(detail ?? '').slice(0, 260) });
  }

  checkSchema(id, revision, name, value) {
    const fault = value === undefined ? 'no result' : schemaFault(revision, name, value);
    this.check(id, 'MUST', !fault, fault);
  }

  removeFolders() {
    for (const folder of this.folders) fs.rmSync(folder, { recursive: true, force: true });
  }
}
