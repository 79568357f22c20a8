// Runs a tool of @yowasp/clang as if it were a program: `llvm.mjs clang|wasm-ld ARGUMENT...`. The package only knows files that it is handed, so every argument
// that names a file or a folder of headers is handed in under a short name, and what is written comes back to where -o says.
// It lies beside the folder node_modules that ../wasm-toolchain.sh installed.
import fs from 'node:fs';
import path from 'node:path';

const OUTPUT = 'output';
const [tool, ...given] = process.argv.slice(2);
const names = new Map(), files = {};
let target = null;

// Keeps names apart that differ only in their folders, and the ending, which tells clang what a file holds.
function handIn(file) {
  const name = `${Object.keys(files).length}-${path.basename(file)}`;
  names.set(name, file);
  files[name] = fs.statSync(file).isDirectory() ? folder(file) : fs.readFileSync(file);
  return name;
}

function folder(from) {
  const tree = {};
  for (const entry of fs.readdirSync(from, { withFileTypes: true }))
    if (entry.isFile()) tree[entry.name] = fs.readFileSync(path.join(from, entry.name));
  return tree;
}

const args = given.map((argument, at) => {
  if (given[at - 1] === '-o') {
    target = argument;
    return OUTPUT;
  }
  if (argument.startsWith('-I') && argument.length > 2) return '-I' + handIn(argument.slice(2));
  return !argument.startsWith('-') && fs.existsSync(argument) ? handIn(argument) : argument;
});

const { runClang, runLLVM } = await import('@yowasp/clang');
const text = [];
const keep = bytes => { if (bytes) text.push(Buffer.from(bytes)); };
const options = { stdout: bytes => { if (bytes) process.stdout.write(bytes); }, stderr: keep, fetchProgress: () => {} };
let code = 0;
try {
  await runLLVM(null, {}, options); // loads it without a word; runClang would report its progress on stdout
  const tree = tool === 'clang' ? await runClang(['clang', ...args], files, options) : await runLLVM([tool, ...args], files, options);
  if (target !== null) fs.writeFileSync(target, tree[OUTPUT]);
} catch (error) {
  if (typeof error.code !== 'number') throw error;
  code = error.code || 1;
}
let said = Buffer.concat(text).toString();
for (const [name, file] of names) said = said.replaceAll(name, file);
process.stderr.write(said);
process.exitCode = code;
