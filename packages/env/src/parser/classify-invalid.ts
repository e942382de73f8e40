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
/** Of more lists than these the last ones tell the language. */
const maximumTexts = 50;

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
  const used = listScripts(titleTexts);
  return texts.slice(-maximumTexts).some((text) => isOtherScript(text, used)) ? 'wrong-language' : 'no-list';
}

const chain = /^[^\n>→]+(?:[>→][^\n>→]+){2,}/m;

/** Scripts of at least a tenth of the letters. */
function listScripts(text: string): RegExp[] {
  const letters = countMatches(text, /\p{L}/gu);
  return scripts.filter((script) => countMatches(text, script) * 10 >= letters);
}

/** Whether fewer than a tenth of the letters are of these scripts. */
function isOtherScript(text: string, used: readonly RegExp[]): boolean {
  const sample = text.slice(0, maximumLetters);
  const letters = countMatches(sample, /\p{L}/gu);
  const shared = used.reduce((sum, script) => sum + countMatches(sample, script), 0);
  return letters > 0 && shared * 10 < letters;
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
