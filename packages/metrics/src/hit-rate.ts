import { assertMetricArguments, type CandidateRanking, findGroupEnd } from './candidate-ranking.ts';

/**
 * Hit rate at k: 1 where at least one relevant candidate (gain above 0) stands in the first k ranks, else 0.
 *
 * Ties: the probability of that over all orders inside the tie groups. Where rank k falls inside a group of g
 * candidates, r of them relevant and m of its places within the first k, this is hypergeometric:
 *
 *   1 - C(g - r, m) / C(g, m)
 *
 * A k beyond the list is allowed. `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 * Also called success at k; for one relevant candidate it equals recall at k.
 */
export function hitRate(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertMetricArguments(ranking, gains, k);
  const { order, groups } = ranking;
  let start = 0;
  while (start < order.length && start < k) {
    const end = findGroupEnd(groups, start);
    const size = end - start;
    let relevant = 0;
    for (let position = start; position < end; position++) if (gains[order[position]!]! > 0) relevant++;
    if (relevant > 0) {
      let missed = 1;
      const places = Math.min(end, k) - start;
      for (let place = 0; place < places; place++) missed *= Math.max(0, size - relevant - place) / (size - place);
      return 1 - missed;
    }
    start = end;
  }
  return 0;
}
