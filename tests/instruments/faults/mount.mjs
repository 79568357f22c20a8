// A small tmpfs to fill or to make read-only. Needs root; takes the mount away whatever happens.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export async function onTmpfs(mountPoint, size, work) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', mountPoint]);
  try {
    const dataDir = path.join(mountPoint, 'd');
    fs.mkdirSync(dataDir, { mode: 0o700 });
    return await work(dataDir, changes => execFileSync('mount', ['-o', 'remount,' + changes, mountPoint]));
  } finally {
    execFileSync('umount', ['-l', mountPoint]);
  }
}
