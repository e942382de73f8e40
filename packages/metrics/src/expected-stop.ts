import { type CandidateRanking, findGroupEnd } from './candidate-ranking.ts';

/**
 * A user reads from the top and stops at a candidate with probability `stop(candidate)`: the expected weight of the
 * position (rank from 0) at which the user stops within the first k ranks, 0 for a user who does not, over all orders
 * inside the tie groups. Takes arguments that were checked.
 *
 * Let a group of g candidates follow s positions, which the user passes with probability Q, and let x be the values
 * 1 - stop of its candidates. The mean of the product of j of the x over all ways to choose them is
 * M(j) = e_j(x) / C(g, j), with the elementary symmetric polynomial e_j. The user passes j - 1 places and stops at place j
 * with probability M(j - 1) - M(j), so the group adds
 *
 *   Q * sum over j of (M(j - 1) - M(j)) * weight(s + j - 1),   and Q is then multiplied by M(g)
 *
 * With one candidate more, a choice of j of now m holds it with probability j / m:
 * M'(j) = ((m - j) M(j) + j x M(j - 1)) / m. So a group costs g times its places within k.
 */
export function computeExpectedStop(
  { order, groups }: CandidateRanking,
  k: number,
  stop: (candidate: number) => number,
  weight: (position: number) => number,
): number {
  const means = new Float64Array(Math.min(k, order.length) + 1);
  let expectation = 0;
  let reached = 1;
  let start = 0;
  while (start < order.length && start < k && reached > 0) {
    const end = findGroupEnd(groups, start);
    const places = Math.min(end, k) - start;
    means.fill(0, 1, places + 1);
    means[0] = 1;
    for (let count = 1; count <= end - start; count++) {
      const pass = 1 - stop(order[start + count - 1]!);
      for (let chosen = Math.min(places, count); chosen > 0; chosen--) {
        means[chosen] = ((count - chosen) * means[chosen]! + chosen * pass * means[chosen - 1]!) / count;
      }
    }
    for (let place = 1; place <= places; place++) {
      expectation += reached * (means[place - 1]! - means[place]!) * weight(start + place - 1);
    }
    reached *= means[places]!;
    start = end;
  }
  return expectation;
}

/** 1 / rank at a position, the rank less 1. */
export function computeReciprocal(position: number): number {
  return 1 / (position + 1);
}
