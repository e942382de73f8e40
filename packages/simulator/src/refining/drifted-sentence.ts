import type { RandomStream } from '@rppkit/spec';
import { classifySentence, composeSentence } from './compose-sentence.ts';
import { isWithinLimit } from './length-limit.ts';
import type { PhraseConcept } from './phrase-bank.ts';
import type { RewriteRequest } from './read-rewrite-request.ts';
import {
  computeStrengths,
  computeWantedReading,
  phraseConcepts,
  readSentence,
  splitExample,
  type WantedReading,
} from './sentence-reading.ts';
import { hasSameSlots } from './slots.ts';

/** Where careless words drift to. */
const neighbours: Readonly<Record<PhraseConcept, PhraseConcept>> = {
  recency: 'overall',
  overall: 'recency',
  taste: 'crowd',
  crowd: 'taste',
  'against-crowd': 'crowd',
  niche: 'crowd',
  deliberation: 'brevity',
  brevity: 'deliberation',
  explicitness: 'brevity',
};

/** Strength from which on a concept counts as said. */
const said = 0.35;

/**
 * A sentence with the slots of the given one that asks for a neighbouring concept in place of its strongest, a format without
 * one for another shape of the answer; undefined where none was found.
 */
export function sampleDriftedSentence(request: RewriteRequest, random: RandomStream): string | undefined {
  const { sentence, language, limit } = request;
  const wanted = computeWantedReading(sentence, language);
  const { strengths, answer } = wanted;
  const strongest = phraseConcepts.toSorted((left, right) => strengths[right] - strengths[left])[0]!;
  const format = classifySentence(sentence, language) === 'format';
  const reshapes =
    format &&
    answer.field === undefined &&
    splitExample(sentence).tail === '' &&
    (strengths[strongest] < said || random.uniform() < 0.5);
  const drifted = reshapes ? reshape(wanted) : shift(wanted, strongest);
  const goal = neighbours[strongest];
  return composeSentence({
    sentence,
    language,
    wanted: drifted,
    aspects: false,
    random: random.split('drift'),
    accepts(text) {
      if (text === sentence || !hasSameSlots(text, sentence) || !isWithinLimit(text, limit)) return false;
      const guidance = readSentence(text, language);
      if (reshapes) return guidance.answer.shape === drifted.answer.shape && guidance.answer.shape !== answer.shape;
      const read = computeStrengths(guidance);
      return (
        read[goal] >= said &&
        read[goal] >= strengths[goal] + 0.2 &&
        read[strongest] <= Math.max(0.3, strengths[strongest] / 2)
      );
    },
  });
}

function shift(wanted: WantedReading, strongest: PhraseConcept): WantedReading {
  const { strengths } = wanted;
  const moved = Math.max(0.5, strengths[strongest]);
  return { ...wanted, strengths: { ...strengths, [strongest]: 0, [neighbours[strongest]]: moved } };
}

function reshape(wanted: WantedReading): WantedReading {
  const { content, shape } = wanted.answer;
  return { ...wanted, answer: { content, shape: shape === 'list' ? 'json' : 'list' } };
}
