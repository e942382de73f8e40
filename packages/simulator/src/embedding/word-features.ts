import { chineseCues } from '../reading/chinese-cues.ts';
import { chineseWordOrder } from '../reading/chinese-word-order.ts';
import { computeEvidence } from '../reading/clauses.ts';
import { englishCues, englishSets } from '../reading/english-cues.ts';
import { englishWordOrder } from '../reading/english-word-order.ts';
import { createLexicon, type Lexicon } from '../reading/lexicon.ts';
import { computeSentences } from '../reading/sentences.ts';
import { isHan, isWord, type Token } from '../reading/tokens.ts';
import { commonWords } from './common-words.ts';
import { meanings } from './meanings.ts';

/** What a text is about beside the concepts. */
export interface WordFeatures {
  /** Index in `meanings` → weight; negative for the opposite. */
  readonly meanings: ReadonlyMap<number, number>;
  /** English words without their endings, Chinese characters and pairs of them, and asides that are asked for → weight. */
  readonly words: ReadonlyMap<string, number>;
}

/** A word that the reader does not know is news, and more so than one that it knows. */
const meaningWeight = 1;
const lightWeight = 0.5;
const unknownWeight = 1.7;
const characterWeight = 1.3;
const commonWeight = 0.4;

/** Classes of words that carry meaning; all others are of grammar. */
const contentClasses = new Set(
  'adjective verb third past plural noun works ideas forms people verbs watching ordering judging matching adjectives times'.split(
    ' ',
  ),
);

interface Senses {
  readonly cues: Lexicon;
  readonly meanings: Lexicon;
  /** Of each group of `meanings`. */
  readonly places: readonly { readonly meaning: number; readonly weight: number }[];
  readonly known: ReadonlyMap<string, 'content' | 'grammar'>;
  readonly longest: number;
}

let senses: Senses | undefined;

/**
 * Features of a text: meanings, and words of which neither the cues of the reader nor the meanings know anything. Words of
 * grammar, numbers and single letters count nothing, and each feature once.
 */
export function computeWordFeatures(tokens: readonly Token[]): WordFeatures {
  senses ??= createSenses();
  const covered = new Uint8Array(tokens.length);
  const found = new Map<number, number>();
  // Set phrases keep their words from the reader only.
  const cues = senses.cues.find(tokens, 0, tokens.length).filter(({ kind }) => kind !== 'nothing');
  const matches = senses.meanings.find(tokens, 0, tokens.length);
  for (const { start, end, covered: bits } of [...cues, ...matches]) {
    for (let index = start; index < end; index++) if ((bits >> (index - start)) & 1) covered[index] = 1;
  }
  for (const { group } of matches) {
    const { meaning, weight } = senses.places[group]!;
    found.set(meaning, weight);
  }
  const words = readUnknownWords(tokens, covered, senses);
  // Denied, they speak for concepts; asked for, they speak for none.
  for (const { start, end } of computeSentences(tokens)) {
    for (const { kind, denied } of computeEvidence(tokens, start, end)) {
      if (!denied && (kind === 'words' || kind === 'past')) words.set(`aside ${kind}`, unknownWeight);
    }
  }
  return { meanings: found, words };
}

function readUnknownWords(
  tokens: readonly Token[],
  covered: Uint8Array,
  { known, longest }: Senses,
): Map<string, number> {
  const words = new Map<string, number>();
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index]!;
    if (covered[index] === 1 || !isWord(token)) {
      index++;
    } else if (isHan(token)) {
      const word = readKnownWord(tokens, index, covered, known, longest);
      if (word === undefined) {
        words.set(token, characterWeight);
        const next = tokens[index + 1];
        const goesOn = next !== undefined && isHan(next) && covered[index + 1] === 0 && !known.has(next);
        if (goesOn) words.set(token + next, characterWeight);
      } else if (known.get(word) === 'content') words.set(word, commonWeight);
      index += word?.length ?? 1;
    } else {
      const sort = known.get(token) ?? known.get(dropEnding(token));
      const says = token.length > 1 && !/^\d/.test(token) && sort !== 'grammar';
      if (says) words.set(dropEnding(token), sort === 'content' ? commonWeight : unknownWeight);
      index++;
    }
  }
  return words;
}

/** The longest known word of Chinese characters that are not covered. */
function readKnownWord(
  tokens: readonly Token[],
  start: number,
  covered: Uint8Array,
  known: Senses['known'],
  longest: number,
): string | undefined {
  let word = '';
  let found: string | undefined;
  for (let index = start; index < Math.min(tokens.length, start + longest); index++) {
    if (covered[index] === 1 || !isHan(tokens[index]!)) break;
    word += tokens[index]!;
    if (known.has(word)) found = word;
  }
  return found;
}

/** "jokes", "joked", "joking" → "jok". */
function dropEnding(word: string): string {
  const short = word.replace(/ies$/, 'y').replace(/(?:ing|ed|es|s|ly|e)$/, '');
  return short.length >= 3 ? short : word;
}

function createSenses(): Senses {
  const groups = meanings.flatMap(({ words, opposite, light = false }, meaning) => {
    const weight = light ? lightWeight : meaningWeight;
    const group = { meaning, weight, phrases: words };
    return opposite === undefined ? [group] : [group, { meaning, weight: -weight, phrases: opposite }];
  });
  const known = new Map<string, 'content' | 'grammar'>();
  for (const { classes } of [englishWordOrder, chineseWordOrder]) {
    for (const [name, words] of classes) {
      for (const word of words.split(' ')) known.set(word, contentClasses.has(name) ? 'content' : 'grammar');
    }
  }
  for (const word of commonWords) known.set(word, 'grammar');
  const chinese = [...known.keys()].filter((word) => word !== '' && isHan(word.charAt(0)));
  return {
    cues: createLexicon([...englishCues, ...chineseCues], englishSets),
    meanings: createLexicon(groups.map(({ phrases }) => ({ kind: 'nothing', strength: 1, phrases }))),
    places: groups,
    known,
    longest: Math.max(...chinese.map((word) => word.length)),
  };
}
