#!/usr/bin/env node
// The official conformance suite against a stdio server, through stdio2http.
//   node conformance.mjs --requirements 2026-07-28|2025-11-25 [--write-baseline] -- wm serve
// The baseline lists the checks a server without the suite's fixture tools cannot pass. It is exact: a check that
// fails beside it, and one that passes though it is listed, both exit 1. --write-baseline records what fails today.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { INSTRUMENTS, modulesFolder, recentNode } from './lib/modules.mjs';
import { parseArguments } from './lib/server-map.mjs';

const options = parseArguments(process.argv.slice(2)), { requirements } = options;
const SCENARIOS = { '2026-07-28': 50, '2025-11-25': 33 }; // fewer would mean that the suite left some out
const baseline = path.join(INSTRUMENTS, 'baseline', `tools-only-${requirements}.yml`);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wm-conformance-')), results = path.join(folder, 'results');
fs.mkdirSync(path.join(folder, 'state'), { mode: 0o700 });

function startBridge() {
  const bridge = spawn(process.execPath, [path.join(INSTRUMENTS, 'stdio2http.mjs'), '0', '--', ...options.command],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, WM_STATE_ROOT: path.join(folder, 'state') } });
  const url = new Promise((resolve, reject) => {
    let text = '';
    bridge.stderr.on('data', data => {
      text = (text + data).slice(-4000);
      const found = /bridge on (\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    bridge.on('close', () => reject(new Error('the bridge ended: ' + text)));
  });
  return { bridge, url };
}

function failedChecks() {
  const failed = new Map();
  for (const name of fs.readdirSync(results).sort()) {
    const checks = JSON.parse(fs.readFileSync(path.join(results, name, 'checks.json'), 'utf8'));
    const scenario = name.replace(/^server-/, '').replace(/-20\d\d-\d\d-.*/, '');
    for (const check of checks)
      if (check.status === 'FAILURE' || check.status === 'WARNING')
        failed.set(`${scenario}:${check.id}`, (check.errorMessage || '').replace(/\s+/g, ' ').slice(0, 110));
  }
  return failed;
}

function writeBaseline() {
  const lines = [...failedChecks()].map(([check, why]) => `  - "${check}" # ${why}`.trimEnd());
  fs.writeFileSync(baseline, ['# Checks that this server cannot pass: it has none of the fixture tools of the suite.', 'server:', ...lines, ''].join('\n'));
}

const { bridge, url } = startBridge();
try {
  const suite = path.join(modulesFolder(), '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
  const args = [suite, 'server', '--url', await url, '--requirements', requirements, '--timeout', '8000', '-o', results];
  if (!options['write-baseline']) args.push('--expected-failures', baseline);
  // Asynchronous: the pipe of the bridge has to be read while the suite runs.
  const run = spawn(recentNode(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', data => { output += data; });
  const status = await new Promise(resolve => run.on('close', resolve));
  const scenarios = fs.existsSync(results) ? fs.readdirSync(results).length : 0;
  if (options['write-baseline']) writeBaseline();
  const verdict = output.slice(Math.max(0, output.indexOf('=== SUMMARY ===')));
  console.log(verdict);
  console.log(JSON.stringify({ requirements, scenarios, expected_scenarios: SCENARIOS[requirements], suite_exit: status }));
  process.exitCode = options['write-baseline'] || (status === 0 && scenarios === SCENARIOS[requirements]) ? 0 : 1;
} finally {
  bridge.kill('SIGTERM');
  fs.rmSync(folder, { recursive: true, force: true });
}
