import { type CandidateRanking, createRelevance, findGroupEnd } from './candidate-ranking.ts';

/**
 * The expected sum over the first k ranks of weight(rank) * value(candidate at that rank), over all orders inside the tie
 * groups: every place of a group counts with the group's mean value. Positions are ranks from 0. Takes arguments that
 * were checked.
 */
export function computeExpectedSum(
  { order, groups }: CandidateRanking,
  k: number,
  value: (candidate: number) => number,
  weight: (position: number) => number,
): number {
  let sum = 0;
  let start = 0;
  while (start < order.length && start < k) {
    const end = findGroupEnd(groups, start);
    let total = 0;
    for (let position = start; position < end; position++) total += value(order[position]!);
    if (total > 0) {
      let weights = 0;
      for (let position = start; position < end && position < k; position++) weights += weight(position);
      // Divided last: a group that lies within k then adds its total without rounding.
      sum += (total * weights) / (end - start);
    }
    start = end;
  }
  return sum;
}

/** The expected number of relevant candidates (gain above 0) in the first k ranks. */
export function computeExpectedHits(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  return computeExpectedSum(ranking, k, createRelevance(gains), () => 1);
}
