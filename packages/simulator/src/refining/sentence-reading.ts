import { type Guidance, readGuidance } from '../reading/read-guidance.ts';
import { dropHedges } from './hedges.ts';
import { hasNegation } from './negations.ts';
import type { PhraseConcept } from './phrase-bank.ts';
import { fillSlots } from './slots.ts';

/** A sentence and the lines of an example that follow it; `tail` begins with its line break, empty where there is none. */
export interface SplitSentence {
  readonly head: string;
  readonly tail: string;
}

/** Parts a sentence at its first line break outside of slots. */
export function splitExample(sentence: string): SplitSentence {
  let depth = 0;
  for (let index = 0; index < sentence.length; index++) {
    const character = sentence[index];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '\n' && depth <= 0) return { head: sentence.slice(0, index), tail: sentence.slice(index) };
  }
  return { head: sentence, tail: '' };
}

/** A line of an example of the answer, such as `1. <title>`. */
export const exampleLine: RegExp = /^\s*(?:\d{1,2}[.)、]|\[\d{1,2}\])\s*[<‹[{(…]/m;

/** What the simulated model reads in a sentence once its slots are filled. */
export function readSentence(sentence: string, language: 'en' | 'zh'): Guidance {
  const { head, tail } = splitExample(sentence);
  return readGuidance(fillSlots(head, language), exampleLine.test(tail));
}

/** What a rewrite has to say: strength of each concept in [0, 1] and how far it may be off. */
export interface WantedReading {
  readonly strengths: Readonly<Record<PhraseConcept, number>>;
  readonly least: Readonly<Record<PhraseConcept, number>>;
  readonly most: Readonly<Record<PhraseConcept, number>>;
  readonly answer: Guidance['answer'];
  readonly negated: boolean;
}

/** All concepts of which banks have phrases. */
export const phraseConcepts: readonly PhraseConcept[] = [
  'recency',
  'overall',
  'taste',
  'crowd',
  'against-crowd',
  'niche',
  'deliberation',
  'brevity',
  'explicitness',
];

const tolerance = 0.2;
/** A concept that was not there may be read in a rewrite up to here. */
const unasked = 0.3;
/** Below this a concept counts as not there. */
const heard = 0.1;
/** Share of its strength that a hedged clause keeps in the reader. */
const hedgedShare = 0.4;

/** The strengths of a reading by phrase concept. */
export function computeStrengths(guidance: Guidance): Readonly<Record<PhraseConcept, number>> {
  const { recency, overall, taste, popularity, niche, deliberation, brevity, explicitness } = guidance;
  return {
    recency,
    overall,
    taste,
    crowd: Math.max(0, popularity),
    'against-crowd': Math.max(0, -popularity),
    niche,
    deliberation,
    brevity,
    explicitness,
  };
}

/**
 * What a faithful rewrite of a sentence says: of a plain one the same within 0.2; of a hedged one more, up to what it would
 * say without its hedges; nothing else above 0.3.
 */
export function computeWantedReading(sentence: string, language: 'en' | 'zh'): WantedReading {
  const guidance = readSentence(sentence, language);
  const read = computeStrengths(guidance);
  const plain = dropHedges(sentence, language);
  const hedged = plain !== sentence;
  const full = hedged ? computeStrengths(readSentence(plain, language)) : read;
  const strengths = { ...read };
  const least = { ...read };
  const most = { ...read };
  for (const concept of phraseConcepts) {
    const weak = read[concept];
    const strong = Math.max(weak, full[concept]);
    strengths[concept] = strong;
    // Hedges that are not in the list hide what the plain sentence would say.
    most[concept] =
      weak < heard
        ? Math.max(unasked, strong)
        : Math.max(unasked, strong + tolerance, hedged ? Math.min(1, weak / hedgedShare) : 0);
    if (!hedged) least[concept] = weak - tolerance;
    else if (weak >= heard) least[concept] = Math.max(strong - tolerance, weak + Math.min(0.05, 1 - weak));
  }
  return {
    strengths,
    least,
    most,
    answer: guidance.answer,
    negated: hasNegation(fillSlots(sentence, language), language),
  };
}

/** Whether the simulated model reads in a sentence what is wanted. */
export function saysWhatIsWanted(sentence: string, language: 'en' | 'zh', wanted: WantedReading): boolean {
  const guidance = readSentence(sentence, language);
  const { content, shape, field } = guidance.answer;
  if (content !== wanted.answer.content || shape !== wanted.answer.shape || field !== wanted.answer.field) return false;
  if (hasNegation(fillSlots(sentence, language), language) !== wanted.negated) return false;
  const read = computeStrengths(guidance);
  return phraseConcepts.every(
    (concept) => read[concept] >= wanted.least[concept] && read[concept] <= wanted.most[concept],
  );
}
