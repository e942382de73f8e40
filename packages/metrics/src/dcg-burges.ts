import type { CandidateRanking } from './candidate-ranking.ts';
import { dcg } from './dcg.ts';
import { computeExponentialGains } from './exponential-gains.ts';

/**
 * Discounted cumulative gain at k, with exponential gain (for linear gain see `dcg`).
 *
 *   DCG@k = sum over ranks r = 1 … k of (2^gain(r) - 1) / log2(r + 1)
 *
 * Equals `dcg` for gains of 0 and 1. Ties, candidates that are left out and a k beyond the list count as there.
 *
 * `gains [candidates]`: relevance grades from 0 to 512. Returns a value of at least 0.
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: Burges et al., "Learning to rank using gradient descent", ICML 2005.
 */
export function dcgBurges(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  return dcg(ranking, computeExponentialGains(gains), k);
}
