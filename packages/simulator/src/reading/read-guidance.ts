import { type Concept, conceptCues, negation } from './concepts.ts';

/** The shape of the answer that a prompt asks for. */
export interface AnswerForm {
  /** What stands for a candidate. */
  readonly content: 'titles' | 'indices';
  /** Numbered lines, one line such as `[2] > [1]`, or JSON. */
  readonly shape: 'list' | 'line' | 'json';
  /** The field that holds the ranking where a JSON object is asked for; absent: a bare array. */
  readonly field?: string;
}

/** How strongly a prompt's sentences ask for each thing, 0 to 1; `popularity` may be negative, down to -1. */
export interface Guidance extends Readonly<Record<Exclude<Concept, 'indices'>, number>> {
  readonly answer: AnswerForm;
  /** That of most instructions, in which the model then thinks aloud. */
  readonly language: 'en' | 'zh';
}

const concepts = Object.keys(conceptCues) as readonly Concept[];
const clauseEnd = /[.!?;:\n]+\s*|, (?=(?:then|and|but|not|so)\b)|\b(?=(?:but|rather than|instead of)\b)/;

/** Instructions recur in every call, users do not: the most recent readings are kept by text. */
const readings = new Map<string, Guidance>();
const maximumReadings = 4096;

/** Reads instructions clause by clause. `exampleShown`: the prompt also holds an example of the wanted answer. */
export function readGuidance(instructions: string, exampleShown: boolean): Guidance {
  const key = `${exampleShown}\n${instructions}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const guidance = computeGuidance(instructions, exampleShown);
  if (readings.size >= maximumReadings) readings.clear();
  readings.set(key, guidance);
  return guidance;
}

function computeGuidance(instructions: string, exampleShown: boolean): Guidance {
  const asked: Partial<Record<Concept, number>> = {};
  const denied: Partial<Record<Concept, number>> = {};
  for (const clause of instructions.toLowerCase().split(clauseEnd)) {
    const strengths = negation.test(clause) ? denied : asked;
    for (const concept of concepts) {
      for (const [pattern, strength] of conceptCues[concept]) {
        if (pattern.test(clause)) strengths[concept] = combine(strengths[concept] ?? 0, strength);
      }
    }
  }
  const read = (concept: Concept): number => Math.max(0, (asked[concept] ?? 0) - (denied[concept] ?? 0));
  return {
    // "Do not let the latest ones mislead you" speaks for the long run.
    recency: read('recency'),
    overall: combine(read('overall'), denied.recency ?? 0),
    taste: read('taste'),
    popularity: (asked.popularity ?? 0) - (denied.popularity ?? 0),
    niche: read('niche'),
    deliberation: read('deliberation'),
    // "No explanation" asks for brevity as "be brief" does.
    brevity: combine(read('brevity'), denied.deliberation ?? 0),
    explicitness: combine(read('explicitness'), exampleShown ? exampleStrength : 0),
    answer: read('indices') >= 0.5 ? { content: 'indices', shape: 'line' } : { content: 'titles', shape: 'list' },
    language: 'en',
  };
}

/** What a shown example adds to explicitness. */
const exampleStrength = 0.5;

function combine(left: number, right: number): number {
  return 1 - (1 - left) * (1 - right);
}
