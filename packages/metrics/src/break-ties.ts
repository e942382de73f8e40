import { assertAmounts, assertChoice } from './assert-arguments.ts';
import { assertRanking, type CandidateRanking, findGroupEnd } from './candidate-ranking.ts';

/**
 * How equally ranked candidates count. `expected`: the exact mean over all orders of a tie group, so that a constant
 * scorer gets the chance value. `stable`: in the order in which the ranking holds them, which after `rankByScores` is
 * candidate order (what a stable sort gives). `pessimistic`: the relevant ones last, lower gains first, which is the
 * smallest value that any order can have.
 */
export type TieRule = 'stable' | 'expected' | 'pessimistic';

export const tieRules: readonly TieRule[] = ['stable', 'expected', 'pessimistic'];

/** A tie rule, with the gains where it needs them. */
export type TieOptions =
  | {
      /** Default `expected`. */
      readonly ties?: 'stable' | 'expected';
    }
  | {
      readonly ties: 'pessimistic';
      /** `[candidates]`: those that the metric is going to be given. */
      readonly gains: ArrayLike<number>;
    };

/**
 * Applies a tie rule to a ranking: under `expected` the ranking itself, else one without ties.
 * Throws `InvalidArgumentError` for an unknown rule, and under `pessimistic` for a ranking or gains that no metric
 * would take.
 */
export function breakTies(ranking: CandidateRanking, options: TieOptions): CandidateRanking {
  const { ties = 'expected' } = options;
  assertChoice('ties', ties, tieRules);
  if (ties === 'expected') return ranking;
  const order = options.ties === 'pessimistic' ? putRelevantLast(ranking, options.gains) : ranking.order;
  return { order, groups: order.map((_, position) => position) };
}

/** Sorts every tie group by gain, lower ones first, and keeps equal gains in their order. */
function putRelevantLast(ranking: CandidateRanking, gains: ArrayLike<number>): Int32Array {
  assertAmounts('gains', gains);
  assertRanking(ranking, gains.length);
  const order = ranking.order.slice();
  for (let start = 0; start < order.length; ) {
    const end = findGroupEnd(ranking.groups, start);
    order.subarray(start, end).sort((a, b) => gains[a]! - gains[b]!);
    start = end;
  }
  return order;
}
