// Says of each module of a file, in which a length stands before each, whether it is valid: a 1 or a 0.
import fs from 'node:fs';

const bytes = fs.readFileSync(process.argv[2]);
let verdicts = '';
for (let at = 0; at < bytes.length;) {
  const length = bytes.readInt32LE(at);
  verdicts += WebAssembly.validate(bytes.subarray(at + 4, at + 4 + length)) ? '1' : '0';
  at += 4 + length;
}
process.stdout.write(verdicts);
