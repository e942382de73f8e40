import type { CueGroup, CueKind, FormCue } from './concepts.ts';
import { compilePhrases, isNumber, matchPhrase, maximumSpan, type PhraseElement } from './phrase.ts';
import { isWord, type Token } from './tokens.ts';

/** A phrase found in a text. */
export interface CueMatch {
  readonly kind: CueKind;
  readonly strength: number;
  /** Number of the group that the phrase belongs to. */
  readonly group: number;
  /** First token. */
  readonly start: number;
  /** Past the last token. */
  readonly end: number;
  /** Bit i: the token at `start + i` is a word of the phrase and not one that a gap skipped. */
  readonly covered: number;
}

/** Finds phrases in tokens. */
export interface Lexicon {
  /** Matches that begin in [start, end), ordered by start; none reaches across a mark. Matches within a longer one are left out. */
  find(tokens: readonly Token[], start: number, end: number): readonly CueMatch[];
}

interface Phrase {
  readonly kind: CueKind;
  readonly strength: number;
  readonly group: number;
  /** Only where no word of the clause precedes. */
  readonly initial: boolean;
  readonly elements: readonly PhraseElement[];
}

/** Words of one text are those of the next: which phrases a word may open is kept. */
const maximumKnownWords = 8192;
/** Compiles the phrases of the groups, in the notation of `compilePhrases`. */
export function createLexicon(groups: readonly CueGroup[], sets: Readonly<Record<string, string>> = {}): Lexicon {
  const byWord = new Map<string, Phrase[]>();
  const byStem = new Map<string, Phrase[]>();
  const byNumber: Phrase[] = [];
  groups.forEach(({ kind, strength, phrases }, group) => {
    for (const source of phrases.split(',')) {
      for (const { initial, elements } of compilePhrases(source.trim(), sets)) {
        // One that may begin without its first word is found by the second as well.
        for (let skipped = 0; skipped === 0 || elements[skipped - 1]?.optional === true; skipped++) {
          const phrase: Phrase = { kind, strength, group, initial, elements: elements.slice(skipped) };
          const first = phrase.elements[0];
          if (first === undefined) break;
          for (const word of first.words) {
            if (word === '#') byNumber.push(phrase);
            else append(byWord, word, phrase);
          }
          for (const stem of first.stems) append(byStem, stem, phrase);
        }
      }
    }
  });

  const opened = new Map<string, Opened>();
  const readOpened = (word: string): Opened => {
    const known = opened.get(word);
    if (known !== undefined) return known;
    const phrases = [...(byWord.get(word) ?? []), ...(isNumber(word) ? byNumber : [])];
    for (let length = 2; length <= Math.min(word.length, maximumSpan); length++) {
      phrases.push(...(byStem.get(word.slice(0, length)) ?? []));
    }
    const sorted = sortBySecond(phrases);
    if (opened.size >= maximumKnownWords) opened.clear();
    opened.set(word, sorted);
    return sorted;
  };

  return {
    find(tokens, start, end) {
      const found: CueMatch[] = [];
      for (let index = start; index < end; index++) {
        const { any, bySecond } = readOpened(tokens[index]!);
        const second = index + 1 < end ? bySecond?.get(tokens[index + 1]!) : undefined;
        for (const phrases of second === undefined ? [any] : [any, second]) {
          for (const phrase of phrases) {
            if (phrase.initial && index > 0 && isWord(tokens[index - 1]!)) continue;
            const reached = matchPhrase(phrase.elements, tokens, index, end);
            if (reached === undefined) continue;
            const { kind, strength, group } = phrase;
            found.push({ kind, strength, group, start: index, end: reached.end, covered: reached.covered });
          }
        }
      }
      return dropContained(found);
    },
  };
}

/** Phrases that begin with a word: those that need a certain next word by that word, and all others. */
interface Opened {
  readonly any: readonly Phrase[];
  readonly bySecond: ReadonlyMap<string, readonly Phrase[]> | undefined;
}

function sortBySecond(phrases: readonly Phrase[]): Opened {
  const any: Phrase[] = [];
  const bySecond = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const second = phrase.elements[1];
    const fixed =
      second !== undefined &&
      !second.optional &&
      second.gap === 0 &&
      second.stems.length === 0 &&
      second.texts.every(([first]) => first !== '#') &&
      !second.words.has('#');
    if (!fixed) any.push(phrase);
    else
      for (const word of new Set([...second.words, ...second.texts.map(([first]) => first!)]))
        append(bySecond, word, phrase);
  }
  return { any, bySecond: bySecond.size === 0 ? undefined : bySecond };
}

function append(map: Map<string, Phrase[]>, key: string, phrase: Phrase): void {
  const phrases = map.get(key);
  if (phrases === undefined) map.set(key, [phrase]);
  else phrases.push(phrase);
}

const formKinds: ReadonlySet<CueKind> = new Set<FormCue>(['json', 'object', 'indices', 'titles', 'numbered']);

/** What a phrase says of the answer's form leaves what it says beside that. */
function isForm({ kind }: CueMatch): boolean {
  return formKinds.has(kind);
}

/** Leaves out each match whose words are all words of a longer one: "most people" is not "people". */
function dropContained(found: readonly CueMatch[]): readonly CueMatch[] {
  if (found.length < 2) return found;
  // A phrase is at most `maximumSpan` long, so only near neighbours can contain one another.
  return found.filter((match, index) => {
    for (let other = index - 1; other >= 0 && found[other]!.start > match.start - maximumSpan; other--) {
      if (contains(found[other]!, match)) return false;
    }
    for (let other = index + 1; other < found.length && found[other]!.start === match.start; other++) {
      if (contains(found[other]!, match)) return false;
    }
    return true;
  });
}

function contains(longer: CueMatch, match: CueMatch): boolean {
  if (isForm(longer) !== isForm(match) && longer.kind !== 'nothing') return false;
  const shift = match.start - longer.start;
  if (shift >= maximumSpan) return false;
  const moved = match.covered << shift;
  return longer.covered !== moved && (longer.covered & moved) === moved && longer.end >= match.end;
}
