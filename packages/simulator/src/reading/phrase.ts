import { isWord, type Token } from './tokens.ts';

/** A place in a phrase: a word, several characters, or a gap. */
export interface PhraseElement {
  readonly words: ReadonlySet<string>;
  /** Beginnings of words. */
  readonly stems: readonly string[];
  /** Several characters in a row, one of which is needed; the longest first. */
  readonly texts: readonly (readonly string[])[];
  readonly optional: boolean;
  /** The most words that may be skipped here; 0 for an element that is a word. */
  readonly gap: number;
}

/** A phrase as it is looked for. */
export interface CompiledPhrase {
  /** Only where no word of the clause precedes. */
  readonly initial: boolean;
  readonly elements: readonly PhraseElement[];
}

/** Where a phrase ends, exclusive, and which tokens from its start are words of it, as bits. */
export interface MatchedPhrase {
  readonly end: number;
  readonly covered: number;
}

/** Phrases are short; bit masks hold 30 tokens. */
export const maximumSpan = 30;
/** The reach of a gap. */
const maximumWords = 3;
const maximumCharacters = 8;
const digits = /^\d+$/;
const firstAlternatives = /^\(([^()]*)\)/;

/**
 * Compiles a phrase. English: words separated by blanks; `film/movie` either word; `recent*` any word that begins so; `?the` may
 * be missing; `~` up to three words of any kind; `$name` a set of `sets`; `#` a number; `^` first, at the start of a clause only.
 * Chinese: characters without blanks; `(看过|听过|)` either text; `~` up to eight characters; `#` a number. A phrase that begins
 * with alternatives becomes several, because phrases are found by their first word.
 */
export function compilePhrases(source: string, sets: Readonly<Record<string, string>>): CompiledPhrase[] {
  return expandFirst(source).map((text) => {
    const initial = text.startsWith('^');
    return { initial, elements: compileElements(initial ? text.slice(1) : text, sets) };
  });
}

/** The phrase that starts at `index` and ends by `end`: the longest reading of optional words, the shortest of gaps. */
export function matchPhrase(
  elements: readonly PhraseElement[],
  tokens: readonly Token[],
  index: number,
  end: number,
): MatchedPhrase | undefined {
  return matchElements(elements, 0, tokens, index, end, index);
}

/** Whether a token is a whole number in digits. */
export function isNumber(token: Token): boolean {
  return digits.test(token);
}

/** `(a|b)c` → `ac`, `bc`. */
function expandFirst(text: string): string[] {
  const first = firstAlternatives.exec(text);
  if (first === null) return text === '' ? [] : [text];
  return first[1]!.split('|').flatMap((alternative) => expandFirst(alternative + text.slice(first[0].length)));
}

const han = /\p{Script=Han}/u;
const chineseParts = /\([^()]*\)|[a-z]+|\S/gu;
const nothing: PhraseElement = { words: new Set(), stems: [], texts: [], optional: false, gap: 0 };

function compileElements(text: string, sets: Readonly<Record<string, string>>): PhraseElement[] {
  return han.test(text) ? compileChinese(text) : compileEnglish(text, sets);
}

function compileChinese(text: string): PhraseElement[] {
  return (text.match(chineseParts) ?? []).map((part) => {
    if (part === '~') return { ...nothing, gap: maximumCharacters };
    if (!part.startsWith('(')) return { ...nothing, words: new Set([part]) };
    const alternatives = part.slice(1, -1).split('|');
    const texts = alternatives
      .filter((alternative) => alternative !== '')
      .map((alternative) => alternative.match(chineseParts)!);
    return {
      ...nothing,
      texts: texts.toSorted((left, right) => right.length - left.length),
      optional: texts.length < alternatives.length,
    };
  });
}

function compileEnglish(text: string, sets: Readonly<Record<string, string>>): PhraseElement[] {
  return text
    .trim()
    .split(/\s+/)
    .map((part) => {
      if (part === '~') return { ...nothing, gap: maximumWords };
      const optional = part.startsWith('?');
      const alternatives = (optional ? part.slice(1) : part)
        .split('/')
        .flatMap((word) => (word.startsWith('$') ? (sets[word.slice(1)] ?? '').split(' ') : [word]));
      return {
        ...nothing,
        words: new Set(alternatives.filter((word) => !word.endsWith('*'))),
        stems: alternatives.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
        optional,
      };
    });
}

function matchElements(
  elements: readonly PhraseElement[],
  place: number,
  tokens: readonly Token[],
  index: number,
  end: number,
  start: number,
): MatchedPhrase | undefined {
  const element = elements[place];
  if (element === undefined) return { end: index, covered: 0 };
  if (element.gap > 0) {
    for (let skipped = 0; skipped <= element.gap; skipped++) {
      const reached = matchElements(elements, place + 1, tokens, index + skipped, end, start);
      if (reached !== undefined) return reached;
      if (index + skipped >= end || !isWord(tokens[index + skipped]!)) return undefined;
    }
    return undefined;
  }
  const offset = index - start;
  for (const text of element.texts) {
    if (index + text.length > end || offset + text.length > maximumSpan) continue;
    if (!text.every((part, place) => isPart(part, tokens[index + place]!))) continue;
    const reached = matchElements(elements, place + 1, tokens, index + text.length, end, start);
    if (reached === undefined) continue;
    return { end: reached.end, covered: reached.covered | (((1 << text.length) - 1) << offset) };
  }
  if (index < end && offset < maximumSpan && matchesWord(element, tokens[index]!)) {
    const reached = matchElements(elements, place + 1, tokens, index + 1, end, start);
    if (reached !== undefined) return { end: reached.end, covered: reached.covered | (1 << offset) };
  }
  return element.optional ? matchElements(elements, place + 1, tokens, index, end, start) : undefined;
}

function isPart(part: string, token: Token): boolean {
  return part === token || (part === '#' && digits.test(token));
}

function matchesWord({ words, stems }: PhraseElement, token: Token): boolean {
  return words.has(token) || (words.has('#') && digits.test(token)) || stems.some((stem) => token.startsWith(stem));
}
