import { InvalidArgumentError } from '@rppkit/spec';
import { assertAmounts, assertPositiveInteger, isTagged } from './assert-arguments.ts';
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

/** So that neither a metric nor its mean over many users is infinite. */
export const largestGainSum = 1e300;

export const gainSumAdvice = 'The gains of a user may add up to 1e300.';

/**
 * Checks what every metric takes and returns the number of relevant candidates (those with a positive gain).
 * Throws `InvalidArgumentError` for wrong shapes or values and `NoRelevantItemError` where no gain is positive.
 */
export function assertMetricArguments(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertPositiveInteger('k', k);
  return assertRankingAndGains(ranking, gains);
}

/** `assertMetricArguments` for metrics without a cut-off. */
export function assertRankingAndGains(ranking: CandidateRanking, gains: ArrayLike<number>): number {
  assertAmounts('gains', gains);
  assertRanking(ranking, gains.length);
  let relevant = 0;
  let total = 0;
  for (let candidate = 0; candidate < gains.length; candidate++) {
    total += gains[candidate]!;
    if (gains[candidate]! > 0) relevant++;
  }
  if (total > largestGainSum) {
    throw new InvalidArgumentError('gains', 'finite numbers with a finite sum', total, gainSumAdvice);
  }
  if (relevant === 0) throw new NoRelevantItemError();
  return relevant;
}

/**
 * Throws `InvalidArgumentError` unless `ranking` has the shape of a `CandidateRanking`, its indices are below `candidates`,
 * none of them twice, and its groups start at 0 and never decrease.
 */
export function assertRanking(ranking: CandidateRanking, candidates: number, argument: string = 'ranking'): void {
  const { order, groups } = (ranking ?? {}) as CandidateRanking;
  if (!isTagged(order, 'Int32Array') || !isTagged(groups, 'Int32Array')) {
    throw new InvalidArgumentError(argument, 'a CandidateRanking', ranking, 'Build it with rankOrder or rankByScores.');
  }
  if (groups.length !== order.length) {
    throw new InvalidArgumentError(
      `${argument}.groups`,
      `of length ${order.length}, one entry for each position`,
      groups,
    );
  }
  const ranked = new Uint8Array(candidates);
  let group = 0;
  for (let position = 0; position < order.length; position++) {
    const candidate = order[position]!;
    // Undefined where the index is out of range.
    if (ranked[candidate] !== 0) throw createIndexError(`${argument}.order[${position}]`, candidates, candidate);
    ranked[candidate] = 1;
    const own = groups[position]!;
    if (own < group || (position === 0 && own > 0)) {
      const expected = 'of tie groups that start at 0 and never decrease';
      throw new InvalidArgumentError(`${argument}.groups[${position}]`, expected, own);
    }
    group = own;
  }
}

/** The error for what is no candidate index, or stands in a ranking for the second time. */
export function createIndexError(argument: string, candidates: number, received: unknown): InvalidArgumentError {
  const expected = `a candidate index below ${candidates} that is not ranked before`;
  return new InvalidArgumentError(argument, expected, received, 'Rank each candidate once.');
}

/** The position after the last of the tie group that begins at position `start`. */
export function findGroupEnd(groups: Int32Array, start: number): number {
  let end = start + 1;
  while (end < groups.length && groups[end] === groups[start]) end++;
  return end;
}

/** 1 for a relevant candidate (gain above 0), else 0. */
export function createRelevance(gains: ArrayLike<number>): (candidate: number) => number {
  return (candidate) => (gains[candidate]! > 0 ? 1 : 0);
}

/** The number of relevant candidates (gain above 0) from position `start` up to, not including, `end`. */
export function countRelevant(order: Int32Array, gains: ArrayLike<number>, start: number, end: number): number {
  let relevant = 0;
  for (let position = start; position < end; position++) if (gains[order[position]!]! > 0) relevant++;
  return relevant;
}
