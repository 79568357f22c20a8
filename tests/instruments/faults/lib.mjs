// What the fault scripts share. Each runs as: node NN-name.mjs --map ../maps/wm.json [options] -- wm serve
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isError, launch, loadMap, parseArguments, searchArguments, toolText } from '../lib/server-map.mjs';

export class Trial {
  constructor(name) {
    this.name = name;
    this.options = parseArguments(process.argv.slice(2));
    this.map = loadMap(this.options.map);
    this.command = this.options.command?.length ? this.options.command : this.map.command;
    this.folders = [];
    this.problems = [];
  }

  number(name, otherwise) { return +(this.options[name] ?? otherwise); }

  folder(label) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `wm-fault-${label}-`));
    this.folders.push(folder);
    return folder;
  }

  start(dataDir) { return launch(this.map, this.command, dataDir, this.options); }

  /** Notes a problem unless the claim holds; every trial passes only without problems. */
  expect(claim, holds, detail = '') {
    if (!holds) this.problems.push(detail ? `${claim}: ${String(detail).slice(0, 300)}` : claim);
    return !!holds;
  }

  finish(facts) {
    if (!this.options.keep) for (const folder of this.folders) fs.rmSync(folder, { recursive: true, force: true });
    console.log(JSON.stringify({ trial: this.name, server: this.map.name, ...facts, problems: this.problems, verdict: this.problems.length ? 'FAIL' : 'PASS' }));
    process.exit(this.problems.length ? 1 : 0);
  }
}

/** Asks a fresh process for each of the memories by its own token, and says which are not found. */
export async function audit(trial, dataDir, indexes) {
  const client = trial.start(dataDir), missing = [];
  let found = 0, errors = 0, firstError;
  const noteError = text => { errors++; firstError ??= String(text).slice(0, 250); };
  try {
    await client.open();
    for (const i of indexes) {
      let message;
      try { message = await client.call(trial.map.ops.search.tool, searchArguments(trial.map, `uniq${i}tok`), 60000); } catch (error) {
        noteError(error);
        if (errors > 5) break;
        continue;
      }
      if (isError(message)) noteError(JSON.stringify(message.error ?? toolText(message)));
      else if (findsMemory(message, i)) found++;
      else missing.push(i);
    }
  } catch (error) { noteError(error); }
  await client.close();
  return { found, of: indexes.length, missing: missing.length, missing_first: missing.slice(0, 5), errors, first_error: firstError, stderr: client.stderr.slice(-300) };
}

/** The text of a memory holds its token with a blank behind; the echo of a query does not. */
export function findsMemory(message, i) {
  const text = (message.result?.content || []).map(part => part.text || '').join('');
  return !isError(message) && text.replaceAll(`"query":"uniq${i}tok"`, '').includes(`uniq${i}tok `);
}

/** The name of the error a failed call carries: error_code of a tool, or the code of JSON-RPC; else undefined. */
export function errorName(message) {
  if (message.error) return message.error.message ? `json-rpc ${message.error.code}` : undefined;
  if (!message.result?.isError) return undefined;
  return /"error_code"\s*:\s*"([a-z_]+)"/.exec(toolText(message))?.[1];
}

export const errorText = message => JSON.stringify(message.error ?? toolText(message)).slice(0, 220);
export const within = (promise, ms) => Promise.race([promise, new Promise(resolve => setTimeout(() => resolve('TIMEOUT'), ms))]);
export const range = count => [...Array(count).keys()];
