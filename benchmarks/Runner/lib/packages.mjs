// The npm packages that figures are measured beside: installed once per lock file, in the user's cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

export function installPackages(root) {
  const from = path.join(root, 'benchmarks'), hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(fs.readFileSync(path.join(from, name)));
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'whitemagic', 'benchmarks-' + hash.digest('hex').slice(0, 16));
  if (!fs.existsSync(path.join(folder, 'done'))) {
    fs.mkdirSync(folder, { recursive: true });
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) fs.copyFileSync(path.join(from, name), path.join(folder, name));
    const run = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' });
    if (run.error || run.status !== 0) throw new Error(`npm ci failed: ${run.error ?? run.stderr + run.stdout}`);
    fs.writeFileSync(path.join(folder, 'done'), '');
  }
  return folder;
}

/** `require` as if called from beside the installed packages. */
export const requirePeer = (root, name) => createRequire(path.join(installPackages(root), 'here.js'))(name);
