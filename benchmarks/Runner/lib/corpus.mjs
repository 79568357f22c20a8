// Memories and questions made from a number: the same on every machine. Word frequencies follow Zipf and Mandelbrot, texts have 8 to 40 words.
import fs from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../../tests/instruments/lib/measure.mjs';

const VOCABULARY = 40000;
const SHIFT = 20; // Mandelbrot's: flattens the head, as leaving out stop words does
const LEAST_WORDS = 8, MOST_WORDS = 40;
export const QUESTION_WORDS = 8;
const SPEAKERS = 'alba bruno carla deniz elena farid greta hugo ines jakub keiko lars maya nadia omar priya'.split(' ');
const ONSETS = 'b br c ch d dr f fl g gr h j k l m n p pr r s sh st t tr v w'.split(' ');
const VOWELS = 'a e i o u ai ea ou'.split(' ');
const ENDINGS = ['', '', '', 'n', 'r', 's', 't', 'l', 'ing', 'ed', 'er', 'ness', 'ation']; // work for the stemmer

/** wm leaves its stop words out of a question, plain SQLite does not: no word of the corpus may be one. */
export function stopWords(root) {
  const source = fs.readFileSync(path.join(root, 'src/WhiteMagic.Kernels/Search/StopWords.cs'), 'utf8');
  const letters = [...source.matchAll(/"([a-z]+)"u8/g)].map(match => match[1]).join('');
  const words = new Set();
  let at = 0;
  for (const [i, count] of source.match(/CountOfLength => \[([\d, ]+)\]/)[1].split(',').entries())
    for (let k = 0; k < +count; k++, at += i + 1) words.add(letters.slice(at, at + i + 1));
  return words;
}

function makeVocabulary(root) {
  const random = seededRandom(20), pick = list => list[Math.floor(random() * list.length)];
  const words = new Set(), excluded = stopWords(root);
  while (words.size < VOCABULARY) {
    const syllables = 2 + Math.floor(random() * 2);
    let word = '';
    for (let k = 0; k < syllables; k++) word += pick(ONSETS) + pick(VOWELS);
    word += pick(ENDINGS);
    if (!excluded.has(word)) words.add(word);
  }
  return [...words];
}

function makeDraw(words) {
  const upTo = new Float64Array(words.length);
  let sum = 0;
  for (let rank = 0; rank < words.length; rank++) upTo[rank] = sum += 1 / (rank + 1 + SHIFT);
  return random => {
    const at = random() * sum;
    let low = 0, high = words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] < at) low = middle + 1; else high = middle;
    }
    return words[low];
  };
}

export class Corpus {
  constructor(root) { this.draw = makeDraw(makeVocabulary(root)); }

  /** The i-th memory, counted from 0; its title holds a word that stands in no other. */
  memory(i) {
    const random = seededRandom(i + 1), words = [];
    const count = LEAST_WORDS + Math.floor(random() * (MOST_WORDS - LEAST_WORDS + 1));
    for (let k = 0; k < count; k++) words.push(this.draw(random));
    return {
      title: `${words[0]} ${words[1]} note${i}`, content: words.join(' '), tags: ['tag' + i % 50],
      speaker: SPEAKERS[Math.floor(random() * SPEAKERS.length)],
    };
  }

  /** Eight different words of one memory, in another order; null when it has fewer. */
  question(i) {
    const random = seededRandom(0x51000000 + i);
    const words = [...new Set(this.memory(i).content.split(' '))];
    if (words.length < QUESTION_WORDS) return null;
    for (let k = words.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [words[k], words[other]] = [words[other], words[k]];
    }
    return words.slice(0, QUESTION_WORDS);
  }

  /** Questions about `count` memories spread over the first `size`. */
  questions(count, size, from = 0) {
    const all = [];
    for (let k = from; all.length < count; k++) {
      const item = (k * 7919 + 13) % size, words = this.question(item);
      if (words) all.push({ item, words });
    }
    return all;
  }

  /** `count` texts of exactly `bytes` bytes, of words of the vocabulary. */
  texts(count, bytes, from = 0) {
    return Array.from({ length: count }, (_, i) => {
      const random = seededRandom(0x52000000 + from + i);
      let text = this.draw(random);
      while (text.length < bytes) text += ' ' + this.draw(random);
      return text.slice(0, bytes);
    });
  }

  /** Writes memories [0, count) twice: JSON lines for import_memories, and rows for the peer. */
  write(folder, count) {
    const jsonl = path.join(folder, 'corpus.jsonl'), rows = path.join(folder, 'corpus.tsv');
    const files = [fs.openSync(jsonl, 'w'), fs.openSync(rows, 'w')];
    for (let i = 0; i < count;) {
      const texts = ['', ''];
      for (const end = Math.min(count, i + 1000); i < end; i++) {
        const memory = this.memory(i);
        texts[0] += JSON.stringify(memory) + '\n';
        texts[1] += peerFields(memory) + '\n';
      }
      files.forEach((file, k) => fs.writeSync(file, texts[k]));
    }
    files.forEach(file => fs.closeSync(file));
    return { jsonl, rows };
  }
}

export const peerFields = memory => [memory.title, memory.content, JSON.stringify(memory.tags), memory.speaker].join('\t');
