import { InvalidArgumentError } from '@rppkit/spec';
import { assertMetricArguments, type CandidateRanking } from './candidate-ranking.ts';
import { computeExpectedStop, computeReciprocal } from './expected-stop.ts';

export interface ExpectedReciprocalRankOptions {
  /** The highest grade of the whole collection, a finite number above 0; no gain may exceed it. */
  readonly maxGrade: number;
}

/**
 * Expected reciprocal rank at k: 1 / the rank at which a user stops who reads from the top and is satisfied by a
 * candidate of grade g with probability S(g); 0 where the user is not satisfied within k ranks.
 *
 *   ERR@k = sum over ranks r = 1 … k of (1 / r) * S(r) * product over ranks i < r of (1 - S(i))
 *   S = (2^gain - 1) / 2^maxGrade
 *
 * With binary gains and maxGrade 1 a relevant candidate satisfies with probability 1/2.
 *
 * Ties: the exact expectation over all orders inside the tie groups (see `computeExpectedStop`).
 * A k beyond the list is allowed: its empty ranks satisfy nobody. `gains [candidates]`: grades from 0 to maxGrade.
 * Returns a value in [0, 1). Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong
 * arguments.
 *
 * Source: Chapelle, Metzler, Zhang and Grinspan, "Expected reciprocal rank for graded relevance", CIKM 2009.
 * Differences: the treatment of ties is ours.
 */
export function expectedReciprocalRank(
  ranking: CandidateRanking,
  gains: ArrayLike<number>,
  k: number,
  { maxGrade }: ExpectedReciprocalRankOptions,
): number {
  assertMetricArguments(ranking, gains, k);
  assertGrades(gains, maxGrade);
  // 2^-maxGrade first: 2^gain alone may be infinite.
  const satisfy = (candidate: number): number => 2 ** (gains[candidate]! - maxGrade) - 2 ** -maxGrade;
  return computeExpectedStop(ranking, k, satisfy, computeReciprocal);
}

function assertGrades(gains: ArrayLike<number>, maxGrade: number): void {
  if (!(Number.isFinite(maxGrade) && maxGrade > 0)) {
    throw new InvalidArgumentError('maxGrade', 'a finite number above 0', maxGrade, 'Pass 1 for binary relevance.');
  }
  for (let candidate = 0; candidate < gains.length; candidate++) {
    if (gains[candidate]! <= maxGrade) continue;
    throw new InvalidArgumentError(
      `gains[${candidate}]`,
      `at most maxGrade, ${maxGrade}`,
      gains[candidate],
      'Pass the highest grade of the collection.',
    );
  }
}
