import { assertMetricArguments, type CandidateRanking, countRelevant, findGroupEnd } from './candidate-ranking.ts';

/**
 * Average precision at k over all relevant candidates (gain above 0). Its mean over users is MAP@k; for the divisor
 * min(k, R) see `averagePrecisionCapped`.
 *
 *   AP@k = (1 / R) * sum over ranks r = 1 … k that hold a relevant candidate of hits@r / r
 *
 * R is the number of relevant candidates, ranked or not; where it exceeds k, even a perfect ranking stays below 1. Ties:
 * the exact expectation over all orders inside the tie groups (see `computeExpectedPrecisionSum`). A k beyond the list is
 * allowed: its empty ranks hold nothing.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Sources: the `map_cut` measure of trec_eval; ties: McSherry and Najork, "Computing information retrieval performance
 * measures efficiently in the presence of tied scores", ECIR 2008.
 */
export function averagePrecision(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  const relevant = assertMetricArguments(ranking, gains, k);
  return computeExpectedPrecisionSum(ranking, gains, k) / relevant;
}

/**
 * The expected sum of hits@r / r over the first k ranks r that hold a relevant candidate, of arguments that were checked.
 *
 * Consider a tie group of g candidates, r of them relevant, after s positions with n relevant ones. Its place j holds a
 * relevant candidate with probability r / g; given that, each of the j - 1 places before it does with probability
 * (r - 1) / (g - 1). So the place adds
 *
 *   (r / g) * (n + 1 + (j - 1) * (r - 1) / (g - 1)) / (s + j)
 */
export function computeExpectedPrecisionSum(
  { order, groups }: CandidateRanking,
  gains: ArrayLike<number>,
  k: number,
): number {
  let sum = 0;
  let hits = 0;
  let start = 0;
  while (start < order.length && start < k) {
    const end = findGroupEnd(groups, start);
    const size = end - start;
    const relevant = countRelevant(order, gains, start, end);
    if (relevant > 0) {
      const others = size === 1 ? 0 : (relevant - 1) / (size - 1);
      for (let position = start; position < end && position < k; position++) {
        sum += ((relevant / size) * (hits + 1 + (position - start) * others)) / (position + 1);
      }
      hits += relevant;
    }
    start = end;
  }
  return sum;
}
