// The published file: its bytes, and that it is static and starts.
import fs from 'node:fs';
import { Wm } from '../lib/wm.mjs';

const INTERPRETER = 3; // PT_INTERP of ELF: only a program that needs a loader has it

export async function measure(context) {
  const file = fs.readFileSync(context.wm), wrong = [];
  const table = Number(file.readBigUInt64LE(32)), entryBytes = file.readUInt16LE(54), entries = file.readUInt16LE(56);
  for (let k = 0; k < entries; k++)
    if (file.readUInt32LE(table + k * entryBytes) === INTERPRETER) wrong.push('the file is not static: it names a loader');
  const wm = await Wm.start(context, context.folder('size'));
  await wm.close();
  return { values: { bytes: file.length }, wrong };
}
