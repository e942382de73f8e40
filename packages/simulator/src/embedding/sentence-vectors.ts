import { createTextDigest } from '../answering/text-digest.ts';
import { type Guidance, readGuidance } from '../reading/read-guidance.ts';
import { computeTokens, isHan, isWord } from '../reading/tokens.ts';
import { classifySentence } from '../refining/compose-sentence.ts';
import { dropHedges } from '../refining/hedges.ts';
import type { SentenceKind } from '../refining/phrase-bank.ts';
import { computeStrengths, exampleLine, phraseConcepts, splitExample } from '../refining/sentence-reading.ts';
import { fillSlots } from '../refining/slots.ts';
import { meanings } from './meanings.ts';
import { computeWordFeatures } from './word-features.ts';

/** Texts as vectors of length 1. */
export interface SentenceVectors {
  readonly dimensions: number;
  /** `Float32Array [dimensions]`. */
  compute(text: string): Float32Array;
}

type Kind = SentenceKind | 'other';

const contents: readonly Guidance['answer']['content'][] = ['titles', 'indices'];
const shapes: readonly Guidance['answer']['shape'][] = ['list', 'line', 'json'];
const kinds: readonly Kind[] = ['role', 'reasoning', 'format', 'other'];
/** Names of fields are open: each has one of so many places. */
const fieldDimensions = 16;

/** Length of the concepts' block where they are said clearly; that of the words is 1. */
const conceptWeight = 1.3;
/** Concepts of which less is said, as the length of their strengths, weigh less in proportion. */
const clear = 0.7;
/** Of content, shape and field each. */
const formWeight = 0.6;
const kindWeight = 0.3;

/** Where each block starts; what is behind `words` are unknown words. */
const offsets = {
  /** The axis of texts without a word. */
  nothing: 0,
  concepts: 1,
  contents: 1 + phraseConcepts.length,
  shapes: 1 + phraseConcepts.length + contents.length,
  fields: 1 + phraseConcepts.length + contents.length + shapes.length,
  kinds: 1 + phraseConcepts.length + contents.length + shapes.length + fieldDimensions,
  meanings: 1 + phraseConcepts.length + contents.length + shapes.length + fieldDimensions + kinds.length,
} as const;
const wordsOffset = offsets.meanings + meanings.length;

/** Vectors with `wordDimensions` floats for unknown words. */
export function createSentenceVectors(wordDimensions: number): SentenceVectors {
  const dimensions = wordsOffset + wordDimensions;
  return {
    dimensions,
    compute(text) {
      const vector = new Float32Array(dimensions);
      const language = readLanguage(text);
      const { words, exampleShown } = readWords(dropHedges(text, language), language);
      const tokens = computeTokens(words);
      if (!tokens.some(isWord)) {
        vector[offsets.nothing] = 1;
        return vector;
      }
      const guidance = readGuidance(words, exampleShown);
      writeConcepts(vector, guidance);
      const kind = readKind(text, words, language);
      vector[offsets.kinds + kinds.indexOf(kind)] = kindWeight;
      if (kind === 'format') writeForm(vector, guidance.answer);
      const features = computeWordFeatures(tokens);
      const length = Math.hypot(...features.meanings.values(), ...features.words.values());
      for (const [meaning, weight] of features.meanings) vector[offsets.meanings + meaning] = weight / length;
      for (const [word, weight] of features.words) {
        const { place, sign } = computePlace(word, wordDimensions);
        vector[wordsOffset + place]! += (sign * weight) / length;
      }
      return normalize(vector);
    },
  };
}

/** The text as a prompt would have it, without the lines of an example. */
function readWords(text: string, language: 'en' | 'zh'): { readonly words: string; readonly exampleShown: boolean } {
  const { head, tail } = splitExample(text);
  const exampleShown = exampleLine.test(tail);
  return { words: fillSlots(exampleShown ? head : text, language), exampleShown };
}

/** A Chinese character says as much as two or three letters. */
function readLanguage(text: string): 'en' | 'zh' {
  let characters = 0;
  let letters = 0;
  for (const token of computeTokens(text.replaceAll(/\{[^{}]*\}/g, ' '))) {
    if (isHan(token)) characters++;
    else if (isWord(token)) letters += token.length;
  }
  return 2 * characters > letters ? 'zh' : 'en';
}

/** Without them "write" and "reply" do not ask for a form. */
const formWords =
  /\{count|\n|\b(?:json|array|numbered|numbers|titles?|format|indices|one line|single line)\b|编号|标题|格式|列表|数组|一行/i;
const heading = /[:：]\s*$/;
const speaksOfRanking = /\bcandidates?\b|\b(?:I|my|me)\b|候选|我/;
const addressed = /\byour?\b|你/i;

/** A heading of a list is of no kind, nor is what neither speaks to the model nor of what it has to rank. */
function readKind(text: string, words: string, language: 'en' | 'zh'): Kind {
  const kind = classifySentence(text, language);
  if (kind === 'role') return kind;
  if (kind === 'format' && (!speaksOfRanking.test(words) || formWords.test(text))) return kind;
  if (heading.test(words)) return 'other';
  if (speaksOfRanking.test(words)) return 'reasoning';
  return addressed.test(words) ? 'role' : 'other';
}

function writeConcepts(vector: Float32Array, guidance: Guidance): void {
  const strengths = computeStrengths(guidance);
  const length = Math.hypot(...phraseConcepts.map((concept) => strengths[concept]));
  phraseConcepts.forEach((concept, index) => {
    vector[offsets.concepts + index] = (conceptWeight * strengths[concept]) / Math.max(clear, length);
  });
}

function writeForm(vector: Float32Array, { content, shape, field }: Guidance['answer']): void {
  vector[offsets.contents + contents.indexOf(content)] = formWeight;
  vector[offsets.shapes + shapes.indexOf(shape)] = formWeight;
  if (field !== undefined) vector[offsets.fields + computePlace(field, fieldDimensions).place] = formWeight;
}

function computePlace(text: string, places: number): { readonly place: number; readonly sign: 1 | -1 } {
  const digest = createTextDigest();
  digest.add(text);
  const value = digest.value();
  return { place: value % places, sign: Math.floor(value / places) % 2 === 0 ? 1 : -1 };
}

function normalize(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return vector.map((value) => value / length);
}
