import {
  type CopyIndex,
  createRunKeys,
  getCopyIndex,
  listMisspellings,
  longestTitle,
  readTokens,
  runLength,
  type Token,
} from './copy-index.ts';
import { longestText, renderForms, showText, slotMark } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/**
 * Rejects as `copied` what holds a text of `rewrite.context` or a part of it: whole titles of two or more words, or of one
 * long, quoted or capitalised word; runs of four words or Chinese characters; and titles with one word or letter changed. Case,
 * signs and accents do not matter. Words that the parent has, and words that any prompt may have, do not count. The index of
 * a context is made once; it is kept as long as the array.
 */
export function createCopyNothingGuard(): Guard {
  return {
    name: 'copy-nothing',
    check({ parent, text, context }): GuardOutcome {
      if (context.length === 0) return { status: 'passed' };
      const index = getCopyIndex(context);
      const known = new Set(
        renderForms(parent.template).flatMap((form) => readTokens(form).map((token) => token.text)),
      );
      for (const form of renderForms(text.slice(0, longestText))) {
        // A slot ends whatever stands in front of it.
        for (const [part, text] of form.split(slotMark).entries()) {
          const found = findCopy(text, index, known, part === 0);
          if (found === undefined) continue;
          return {
            status: 'rejected',
            reason: 'copied',
            detail: `Expected a sentence that fits every task, received “${showText(found)}”, which stands in the data shown. Name no titles and no data.`,
          };
        }
      }
      return { status: 'passed' };
    },
  };
}

function findCopy(text: string, index: CopyIndex, known: ReadonlySet<string>, opening: boolean): string | undefined {
  const tokens = readTokens(text);
  const keys = createRunKeys(tokens);
  /** How many words up to each place tell what was copied. */
  const telling = [0];
  for (const token of tokens) telling.push(telling.at(-1)! + (token.telling && !known.has(token.text) ? 1 : 0));
  for (let from = 0; from < tokens.length; from++) {
    for (let to = from + 1; to <= Math.min(tokens.length, from + longestTitle + 1); to++) {
      const words = telling[to]! - telling[from]!;
      const size = to - from;
      const show = (): string =>
        tokens
          .slice(from, to)
          .map(({ written }) => written)
          .join(' ');
      const key = keys.compute(from, to);
      if (size <= longestTitle && index.titles.has(key) && isTitle(tokens, from, to, { text, words, opening, known })) {
        return show();
      }
      if (words === 0) continue;
      if (size === runLength && words >= 2 && index.runs.has(key)) return show();
      if (size >= runLength - 1 && words >= 2) {
        // One word left out of the copy, or one exchanged or added.
        if (index.altered.has(key)) return show();
        for (let left = from; size >= runLength && left < to; left++) {
          if (index.altered.has(keys.computeWithout(from, to, left))) return show();
        }
      }
      if (size <= 4) {
        const letters = tokens
          .slice(from, to)
          .map((token) => token.text)
          .join('');
        if (listMisspellings(letters).some((misspelt) => index.misspelt.has(misspelt))) return show();
      }
    }
  }
  return undefined;
}

interface TitlePlace {
  readonly text: string;
  /** Telling words that the parent lacks. */
  readonly words: number;
  /** Whether the text begins a sentence. */
  readonly opening: boolean;
  readonly known: ReadonlySet<string>;
}

const quotes = /["“”«»《》〈〉「」『』]/;

/** Whether tokens that are a title's tokens are meant as one. */
function isTitle(
  tokens: readonly Token[],
  from: number,
  to: number,
  { text, words, opening, known }: TitlePlace,
): boolean {
  const first = tokens[from]!;
  const last = tokens[to - 1]!;
  const own = tokens.slice(from, to).filter((token) => !known.has(token.text));
  if (own.length === 0) return false;
  const end = last.at + last.written.length;
  const quoted = quotes.test(text.charAt(first.at - 1)) && quotes.test(text.charAt(end));
  if (quoted) return true;
  const size = to - from;
  const joined = tokens
    .slice(from, to)
    .map((token) => token.text)
    .join('');
  if (/\p{sc=Han}/u.test(joined)) return words >= 2 && size >= 3;
  // The first word of a sentence has a capital letter anyway.
  const inside = !(opening && from === 0) && !/[.!?。！？:：]\s*$/.test(text.slice(0, first.at));
  const capitals = own.filter(isCapital).length;
  if (size === 1) return words === 1 && (joined.length >= 7 || (inside && capitals === 1));
  return words >= 1 || (inside && capitals >= 2 && isCapital(first) && isCapital(last));
}

function isCapital({ written }: Token): boolean {
  return /^\p{Lu}/u.test(written);
}
