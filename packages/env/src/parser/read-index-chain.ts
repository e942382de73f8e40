import type { Answer, Entry } from './answer.ts';
import { resolveIndex } from './read-index.ts';

const chain = /^[ \t]*\[\d{1,4}\](?:[ \t]*[>,][ \t]*\[\d{1,4}\])+[ \t]*\.?$/;
const maximumLength = 4000;

/**
 * The entries of a line that is a chain of bracketed numbers and nothing else, `[2] > [1] > [3]`: what prompts ask for, read
 * without looking for titles. Undefined for every other line, and where a title could be meant.
 */
export function readIndexChain(
  answer: Answer,
  { from, to }: { readonly from: number; readonly to: number },
): Entry[] | undefined {
  const { masked, titles, count } = answer;
  if (masked.charCodeAt(from) !== 91 || to - from > maximumLength || titles.numeric) return undefined;
  const text = masked.slice(from, to);
  // A chain that begins the next line with its sign goes on there.
  if (!chain.test(text) || /^\n[ \t]*[>→≻]/.test(masked.slice(to, to + 20))) return undefined;
  let named = 0;
  const entries: Entry[] = [];
  for (const [bracketed] of text.matchAll(/\[\d+\]/g)) {
    if (entries.length > 4 * count + 64) return undefined;
    const index = resolveIndex(Number(bracketed.slice(1, -1)), answer);
    if (index >= 0) named++;
    entries.push({ text: bracketed, title: -1, approximate: false, index, bare: true, whole: true });
    // Mostly no candidates: left to the reader of all other chains.
    if ((entries.length - named) * 2 > entries.length + 3) return undefined;
  }
  answer.budget.entries -= entries.length;
  return named >= 2 && named * 2 >= entries.length ? entries : undefined;
}
