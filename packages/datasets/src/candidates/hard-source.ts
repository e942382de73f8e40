import { InvalidArgumentError, type Scorer } from '@rppkit/spec';
import { type CandidateSource, createShortageError } from './candidate-source.ts';
import { createUniformSource } from './uniform-source.ts';

export interface HardSourceOptions {
  /** Items drawn uniformly and scored for each task: a positive integer, default 100, or `all` that are not excluded. */
  readonly pool?: number | 'all';
}

/**
 * Draws a uniform pool and gives its highest scored items, best first, ties in the order of the draw. A pool larger than
 * what is not excluded holds all of that.
 *
 * Throws `InvalidArgumentError` for a pool out of range; `sample` throws it for a pool smaller than the count, and for
 * scores that are no numbers or not one an item.
 */
export function createHardSource(scorer: Scorer, { pool = 100 }: HardSourceOptions = {}): CandidateSource {
  if (pool !== 'all' && !(Number.isSafeInteger(pool) && pool >= 1)) {
    throw new InvalidArgumentError('pool', 'a positive integer or "all"', pool);
  }
  const uniform = createUniformSource();
  const name = `hard (${scorer.name})`;
  return {
    name,
    sample: (request) => {
      const { dataset, task, excluded, count } = request;
      if (pool !== 'all' && pool < count) throw new InvalidArgumentError('pool', `at least ${count}`, pool);
      const { items } = dataset.log;
      const left = items.length - excluded.length;
      if (left < count) throw createShortageError(name, request, left);
      const drawn = uniform.sample({ ...request, count: pool === 'all' ? left : Math.min(pool, left) });
      const scores = scorer.score({ ...task, candidates: Array.from(drawn, (item) => items[item]!) });
      if (scores.length !== drawn.length || scores.some(Number.isNaN)) {
        throw new InvalidArgumentError(`scores of ${scorer.name}`, `${drawn.length} numbers`, scores);
      }
      const order = Array.from(drawn.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
      return Int32Array.from(order.slice(0, count), (position) => drawn[position]!);
    },
  };
}
