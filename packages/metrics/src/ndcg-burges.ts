import type { CandidateRanking } from './candidate-ranking.ts';
import { computeExponentialGains } from './exponential-gains.ts';
import { ndcg } from './ndcg.ts';

/**
 * Normalised discounted cumulative gain at k, with exponential gain (for linear gain see `ndcg`).
 *
 *   NDCG@k = DCG@k / IDCG@k,   DCG@k = sum over ranks r = 1 … k of (2^gain(r) - 1) / log2(r + 1)
 *
 * Equals `ndcg` for gains of 0 and 1. The ideal, ties, candidates that are left out and a k beyond the list count as
 * there.
 *
 * `gains [candidates]`: relevance grades from 0 to 512. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: Burges et al., "Learning to rank using gradient descent", ICML 2005.
 */
export function ndcgBurges(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  return ndcg(ranking, computeExponentialGains(gains), k);
}
