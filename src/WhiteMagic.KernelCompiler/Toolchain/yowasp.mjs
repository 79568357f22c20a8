// node yowasp.mjs PACKAGE INPUT OUTPUT TOOL ARGUMENT...: runs clang or wasm-ld of the npm package @yowasp/clang. The package sees only files
// that it is given, so the names of the input and the output are replaced in the arguments.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, input, output, tool, ...rest] = process.argv.slice(2);
const { exports: entry } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
const { runLLVM, Exit } = await import(pathToFileURL(path.join(folder, entry.default)));
const names = new Map([[input, path.basename(input)], [output, path.basename(output)]]);
const say = bytes => { if (bytes) process.stderr.write(bytes); };
try {
  const files = await runLLVM([tool, ...rest.map(a => names.get(a) ?? a)], { [path.basename(input)]: fs.readFileSync(input) },
    { stdout: say, stderr: say, fetchProgress: () => {} });
  fs.writeFileSync(output, files[path.basename(output)]);
} catch (e) {
  if (!(e instanceof Exit)) throw e;
  process.exit(e.code || 1);
}
