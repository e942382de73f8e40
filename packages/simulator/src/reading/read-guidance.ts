import { type AnswerForm, readAnswerForm } from './answer-form.ts';
import { computeEvidence, type Evidence } from './clauses.ts';
import { isCoherent } from './coherence.ts';
import type { Concept } from './concepts.ts';
import { computeSentences, joinWrappedLines, type Sentence } from './sentences.ts';
import { computeTokens, isHan, isWord, type Token } from './tokens.ts';

/** How strongly a prompt's sentences ask for each thing, 0 to 1; `popularity` may be negative, down to -1. */
export interface Guidance extends Readonly<Record<Concept, number>> {
  readonly answer: AnswerForm;
  /** That of most instructions, in which the model then thinks aloud. */
  readonly language: 'en' | 'zh';
}

/** Instructions recur in every call, users do not: the most recent readings are kept by text. */
const readings = new Map<string, Guidance>();
const maximumReadings = 4096;
/** Share of a mention of old items that speaks for all of them. */
const pastShare = 0.5;
/** What a shown example adds to explicitness. */
const exampleStrength = 0.5;
/** Denied, these say how the answer should be: without thoughts. Milder words of judging do not. */
const minimumThought = 0.4;
const minimumTokens = 4;
/** `["<title>", …` or `{"ranking": [2, 1]}`. */
const inlineExample =
  /\[\s{0,9}["“']?[<＜]|\{\s{0,9}["“']?[\p{L}_][\w-]{0,40}["”']?\s{0,9}[:：]\s{0,9}\[|\["(?:name|title|movie|item)\b/iu;

/** Reads instructions sentence by sentence. `exampleShown`: the prompt also holds an example of the wanted answer. */
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
  const tokens = computeTokens(joinWrappedLines(instructions));
  const sentences = computeSentences(tokens);
  const coherent = selectCoherent(tokens, sentences);
  const evidence = coherent.flatMap(({ start, end }) => computeEvidence(tokens, start, end));
  const asked = combine(evidence.filter(({ denied }) => !denied));
  const denied = combine(evidence.filter((piece) => piece.denied));
  const thoughts = combine(
    evidence.filter((piece) => piece.denied && piece.kind === 'deliberation' && piece.plain >= minimumThought),
  );
  const read = (concept: Concept): number => Math.max(0, asked(concept) - denied(concept));
  return {
    // Old items that are to count less speak for the new ones, the latest that must not mislead for all of them.
    recency: add(read('recency'), denied('past')),
    overall: add(
      add(read('overall'), denied('recency')),
      // "The recent ones, but the older ones as well."
      asked('recency') > 0 ? pastShare * asked('past') : 0,
    ),
    taste: read('taste'),
    popularity: asked('popularity') - denied('popularity'),
    niche: read('niche'),
    deliberation: read('deliberation'),
    // "No explanation" and "no other words" ask for brevity as "be brief" does.
    brevity: add(add(read('brevity'), thoughts('deliberation')), denied('words')),
    explicitness: add(read('explicitness'), exampleShown || inlineExample.test(instructions) ? exampleStrength : 0),
    answer: readAnswerForm(evidence, instructions),
    language: readLanguage(tokens, coherent),
  };
}

/** Sentences whose words stand in an order. A scrap of a line that holds others without any order is one of those. */
function selectCoherent(tokens: readonly Token[], sentences: readonly Sentence[]): readonly Sentence[] {
  const incoherent = new Set<number>();
  const coherent = sentences.filter(({ start, end, line }) => {
    if (isCoherent(tokens, start, end)) return true;
    incoherent.add(line);
    return false;
  });
  if (incoherent.size === 0) return coherent;
  return coherent.filter(({ start, end, line }) => !incoherent.has(line) || end - start >= minimumTokens);
}

/** Independent chances that all speak for the same: 1 - (1 - a)(1 - b). */
function add(left: number, right: number): number {
  if (left === 0 || right === 0) return left + right;
  return 1 - (1 - left) * (1 - right);
}

function combine(evidence: readonly Evidence[]): (kind: Evidence['kind']) => number {
  const strengths = new Map<string, number>();
  for (const { kind, strength } of evidence) strengths.set(kind, add(strengths.get(kind) ?? 0, strength));
  return (kind) => strengths.get(kind) ?? 0;
}

function readLanguage(tokens: readonly Token[], sentences: readonly Sentence[]): 'en' | 'zh' {
  let characters = 0;
  let letters = 0;
  for (const { start, end } of sentences) {
    for (let index = start; index < end; index++) {
      const token = tokens[index]!;
      if (isHan(token)) characters++;
      else if (isWord(token)) letters += token.length;
    }
  }
  // A Chinese character says as much as two or three letters.
  return 2 * characters > letters ? 'zh' : 'en';
}
