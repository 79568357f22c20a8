// The search module against minisearch and flexsearch on made-up memories.
import { compare } from '../lib/bm25.mjs';

export async function measure(context, { stored, questions, ...counts }) {
  const texts = Array.from({ length: stored }, (_, i) => context.corpus.memory(i).content);
  return compare(context, context.folder('bm25'), texts, context.corpus.questions(questions, stored).map(question => question.words.join(' ')), counts);
}
