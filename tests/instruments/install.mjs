#!/usr/bin/env node
// install.mjs : installs the locked third-party packages into the cache folder, once per lock file, and prints that folder.
// Several processes may run it at once: each installs into a folder of its own, and the first to finish gives it the name.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { cacheFolder, INSTRUMENTS } from './lib/modules.mjs';

const folder = cacheFolder();
if (!fs.existsSync(path.join(folder, 'node_modules'))) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const own = fs.mkdtempSync(folder + '.');
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) fs.copyFileSync(path.join(INSTRUMENTS, name), path.join(own, name));
  const run = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: own, encoding: 'utf8' });
  if (run.error || run.status !== 0) {
    fs.rmSync(own, { recursive: true, force: true });
    console.error(run.error?.code === 'ENOENT' ? 'npm is not installed; it comes with Node.' : `npm ci failed (${run.status})\n${run.stderr}${run.stdout}`);
    process.exit(1);
  }
  try { fs.renameSync(own, folder); } catch (error) {
    fs.rmSync(own, { recursive: true, force: true });
    if (!fs.existsSync(path.join(folder, 'node_modules'))) throw error;
  }
}
console.log(folder);
