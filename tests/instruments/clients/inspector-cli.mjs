#!/usr/bin/env node
// The command line of the inspector; each call starts the server anew, on one store.
//   node inspector-cli.mjs --era legacy|modern -- wm serve
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { modulesFolder, recentNode } from '../lib/modules.mjs';
import { exerciseMemory, expect, options, program, programArgs, runClient } from './session.mjs';

const launcher = path.join(modulesFolder(), '@modelcontextprotocol', 'inspector', 'clients', 'launcher', 'build', 'index.js');
const TIMEOUT_MS = 30000;

await runClient('inspector-cli ' + options.era, async folder => {
  // The inspector keeps settings in the home folder; it gets an empty one, apart from the store.
  const home = path.join(folder, 'home'), store = path.join(folder, 'store');
  for (const each of [home, store]) fs.mkdirSync(each, { mode: 0o700 });
  const inspect = (method, ...more) => {
    // Options after the command would go to the server, so they all come first.
    const args = [launcher, '--cli', '--protocol-era', options.era, '-e', 'WM_STATE_ROOT=' + store, '--format', 'json', '--quiet',
      '--method', method, ...more, '--', program, ...programArgs];
    const run = spawnSync(recentNode(), args, { encoding: 'utf8', timeout: TIMEOUT_MS, env: { ...process.env, HOME: home, CI: '1' } });
    expect(`${method} exits with 0`, run.status === 0, `${run.status} ${run.error ?? ''} ${run.stderr} ${run.stdout}`);
    const answer = JSON.parse(run.stdout);
    return answer.result ?? answer;
  };
  return exerciseMemory(
    async () => inspect('tools/list').tools.map(tool => tool.name),
    async (name, args) => inspect('tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(args)));
});
