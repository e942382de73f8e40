import type { FinishReason, InvalidReason } from '@rppkit/spec';
import type { Answer, List } from './answer.ts';
import { refusal } from './refusal.ts';

const scripts = [
  'Latin',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Thai',
  'Devanagari',
].map((name) => new RegExp(`\\p{Script=${name}}`, 'gu'));
/** Enough letters to tell scripts apart. */
const maximumLetters = 4000;

/** Why an answer without a usable list has none. */
export function classifyInvalid(
  { body, masked, titles, cut }: Answer,
  {
    lists,
    finishReason,
    unclosed,
  }: { readonly lists: readonly List[]; readonly finishReason: FinishReason; readonly unclosed: boolean },
): InvalidReason {
  if (finishReason === 'content-filter') return 'content-filter';
  if (cut) return 'truncated';
  if (unclosed) return 'no-list';
  if (body.trim() === '') return 'empty';
  if (refusal.test(masked)) return 'refusal';
  const titleTexts = titles.keys
    .map(({ texts }) => texts[0]!)
    .join(' ')
    .slice(0, maximumLetters)
    // "三体II" is Chinese all the same.
    .replace(/(?<![a-z])[IVX]+(?![a-z])/gi, '');
  const texts = lists
    .filter(({ entries }) => entries.length >= 2)
    .map(({ entries }) => entries.map(({ text }) => text).join(' '));
  // Chains of what is no candidate are not among the lists.
  texts.push(chain.exec(body.slice(0, maximumLetters / 2))?.[0] ?? '');
  return texts.some((text) => isOtherScript(text, titleTexts)) ? 'wrong-language' : 'no-list';
}

const chain = /^[^\n>→]+(?:[>→][^\n>→]+){2,}/m;

/** Whether fewer than a tenth of the letters are of a script that the titles use. */
function isOtherScript(text: string, titles: string): boolean {
  const sample = text.slice(0, maximumLetters);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  let shared = 0;
  const titleLetters = titles.match(/\p{L}/gu)?.length ?? 0;
  for (const script of scripts)
    if ((titles.match(script)?.length ?? 0) * 10 >= titleLetters) shared += sample.match(script)?.length ?? 0;
  return letters > 0 && shared * 10 < letters;
}
