import type { Scorer } from '@rppkit/spec';

/** Scores all candidates alike: with expected values over ties a metric then gives exactly its chance level. */
export function createChanceScorer(): Scorer {
  return { name: 'chance', score: ({ candidates }) => new Float32Array(candidates.length) };
}
