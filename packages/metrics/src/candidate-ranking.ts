import { InvalidArgumentError } from '@rppkit/spec';
import { assertPositiveInteger } from './assert-arguments.ts';
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
  assertPositiveInteger('k', k);
  return assertRankingAndGains(ranking, gains);
}

/** `assertMetricArguments` for metrics without a cut-off. */
export function assertRankingAndGains(ranking: CandidateRanking, gains: ArrayLike<number>): number {
  assertRanking(ranking, gains);
  let relevant = 0;
  let total = 0;
  for (let candidate = 0; candidate < gains.length; candidate++) {
    const gain = gains[candidate]!;
    // One comparison refuses NaN and negative gains, the sum infinite ones.
    if (!(gain >= 0)) throw new InvalidArgumentError(`gains[${candidate}]`, 'a finite number, at least 0', gain);
    total += gain;
    if (gain > 0) relevant++;
  }
  if (!Number.isFinite(total)) throw new InvalidArgumentError('gains', 'finite numbers with a finite sum', total);
  if (relevant === 0) throw new NoRelevantItemError();
  return relevant;
}

/** Throws `InvalidArgumentError` unless the ranking holds indices into `gains`, none of them twice. */
export function assertRanking({ order, groups }: CandidateRanking, gains: ArrayLike<number>): void {
  if (groups.length !== order.length) {
    throw new InvalidArgumentError('ranking.groups', `of length ${order.length}, one entry for each position`, groups);
  }
  const ranked = new Uint8Array(gains.length);
  for (let position = 0; position < order.length; position++) {
    const candidate = order[position]!;
    if (!(candidate >= 0 && candidate < gains.length) || ranked[candidate] === 1) {
      throw new InvalidArgumentError(
        `ranking.order[${position}]`,
        `a candidate index below ${gains.length} that is not ranked before`,
        candidate,
        'Rank a candidate once, and pass a gain for each, ranked or not.',
      );
    }
    ranked[candidate] = 1;
  }
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
