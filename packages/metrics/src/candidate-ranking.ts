import { InvalidArgumentError } from '@rppkit/spec';
import { NoRelevantItemError } from './no-relevant-item-error.ts';

/**
 * Candidates in ranked order, with ties. Built by `rankByScores` or `rankOrder`.
 *
 * Every metric takes the expectation over all orders inside the tie groups, each order being equally likely.
 */
export interface CandidateRanking {
  /** `Int32Array [ranked]`: candidate indices, best first, no index twice. An absent candidate is never retrieved. */
  readonly order: Int32Array;
  /** `Int32Array [ranked]`: tie group of each position, from 0, never decreasing. */
  readonly groups: Int32Array;
}

/**
 * Checks what every metric takes and returns the number of relevant candidates (those with a positive gain).
 * Throws `InvalidArgumentError` for wrong shapes or values and `NoRelevantItemError` where no gain is positive.
 */
export function assertMetricArguments(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  const { order, groups } = ranking;
  if (!Number.isInteger(k) || k < 1) throw new InvalidArgumentError('k', 'a positive integer', k, 'Pass k >= 1.');
  if (groups.length !== order.length) {
    throw new InvalidArgumentError('ranking.groups', `of length ${order.length}, one entry for each position`, groups);
  }
  for (let position = 0; position < order.length; position++) {
    const candidate = order[position]!;
    if (candidate >= 0 && candidate < gains.length) continue;
    throw new InvalidArgumentError(
      `ranking.order[${position}]`,
      `a candidate index below ${gains.length}`,
      candidate,
      'Pass one gain for every candidate, ranked or not.',
    );
  }
  let relevant = 0;
  for (let candidate = 0; candidate < gains.length; candidate++) {
    const gain = gains[candidate]!;
    if (!Number.isFinite(gain) || gain < 0) {
      throw new InvalidArgumentError(`gains[${candidate}]`, 'a finite number, at least 0', gain);
    }
    if (gain > 0) relevant++;
  }
  if (relevant === 0) throw new NoRelevantItemError();
  return relevant;
}

/** The position after the last of the tie group that begins at position `start`. */
export function findGroupEnd(groups: Int32Array, start: number): number {
  let end = start + 1;
  while (end < groups.length && groups[end] === groups[start]) end++;
  return end;
}
