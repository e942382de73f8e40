import { InvalidArgumentError } from '@rppkit/spec';
import { isTagged } from '../assert-arguments.ts';
import { type CandidateRanking, findGroupEnd } from '../candidate-ranking.ts';
import { assertCandidateRanking } from './candidate-places.ts';

export interface RankBiasedOverlapOptions {
  /** Persistence in (0, 1), default 0.9: the chance that a reader goes on to the next rank. Smaller weighs the top more. */
  readonly persistence?: number;
}

/**
 * Rank-biased overlap of two rankings over one numbering of candidates, extrapolated from their finite length (RBO_ext):
 * 1 for the same order, 0 for rankings that share nothing. The top counts most; the lists may differ in length and items.
 *
 *   RBO_ext = (1 - p) / p * ( sum over d = 1 … l of X_d / d p^d + sum over d = s + 1 … l of X_s (d - s) / (s d) p^d )
 *             + ( (X_l - X_s) / l + X_s / s ) p^l                                                        // Eq. 32
 *
 * p the persistence, s and l the lengths of the shorter and the longer ranking, X_d the number of candidates that both
 * hold in their first d ranks (the shorter one whole for d > s).
 *
 * Ties: the exact expectation over all orders inside the tie groups, drawn independently in the two rankings; X_d is then
 * a sum of products of probabilities. A ranking with ties therefore has less than 1 with itself: ties mean that the order
 * is not known. Candidates that a ranking leaves out are never retrieved. O(l * candidates).
 *
 * Throws `InvalidArgumentError` for a ranking without candidates, a repeated index, groups that do not match, or a wrong
 * persistence.
 *
 * Source: Webber, Moffat, Zobel, "A similarity measure for indefinite rankings", ACM TOIS 28(4), 2010. Difference: ties
 * as in Corsi and Urbano, "The treatment of ties in rank-biased overlap", SIGIR 2024 (their RBO^a, the mean over orders);
 * Webber et al. let tied items share the top rank of their group.
 */
export function rankBiasedOverlap(
  first: CandidateRanking,
  second: CandidateRanking,
  { persistence = 0.9 }: RankBiasedOverlapOptions = {},
): number {
  if (!(persistence > 0 && persistence < 1)) {
    throw new InvalidArgumentError('persistence', 'between 0 and 1, both excluded', persistence);
  }
  const candidates = Math.max(countIndices(first), countIndices(second));
  assertRanked(first, candidates, 'first');
  assertRanked(second, candidates, 'second');

  const shorter = Math.min(first.order.length, second.order.length);
  const longer = Math.max(first.order.length, second.order.length);
  const places = { first: computeGroupBounds(first, candidates), second: computeGroupBounds(second, candidates) };
  const shared = first.order.filter((candidate) => places.second.end[candidate]! > 0);
  let sum = 0;
  let weight = 1;
  let overlapAtShorter = 0;
  let overlap = 0;
  for (let depth = 1; depth <= longer; depth++) {
    weight *= persistence;
    overlap = 0;
    for (const candidate of shared) {
      overlap += computeReach(places.first, candidate, depth) * computeReach(places.second, candidate, depth);
    }
    if (depth === shorter) overlapAtShorter = overlap;
    sum += (overlap / depth) * weight;
    if (depth > shorter) sum += ((overlapAtShorter * (depth - shorter)) / (shorter * depth)) * weight;
  }
  const rest = (overlap - overlapAtShorter) / longer + overlapAtShorter / shorter;
  // Rounding alone can lift the value of equal rankings above 1.
  return Math.min(1, ((1 - persistence) / persistence) * sum + rest * weight);
}

interface GroupBounds {
  /** `Int32Array [candidates]`: positions before the candidate's tie group. */
  readonly start: Int32Array;
  /** `Int32Array [candidates]`: positions up to the end of its tie group; 0 where the candidate is not ranked. */
  readonly end: Int32Array;
}

function computeGroupBounds({ order, groups }: CandidateRanking, candidates: number): GroupBounds {
  const bounds = { start: new Int32Array(candidates), end: new Int32Array(candidates) };
  for (let start = 0; start < order.length; ) {
    const end = findGroupEnd(groups, start);
    for (let position = start; position < end; position++) {
      bounds.start[order[position]!] = start;
      bounds.end[order[position]!] = end;
    }
    start = end;
  }
  return bounds;
}

/** The probability that a ranked candidate stands in the first `depth` ranks. */
function computeReach({ start, end }: GroupBounds, candidate: number, depth: number): number {
  if (depth >= end[candidate]!) return 1;
  return Math.max(0, depth - start[candidate]!) / (end[candidate]! - start[candidate]!);
}

function assertRanked(ranking: CandidateRanking, candidates: number, argument: string): void {
  assertCandidateRanking(ranking, candidates, argument);
  if (ranking.order.length > 0) return;
  throw new InvalidArgumentError(
    `${argument}.order`,
    'at least one ranked candidate',
    ranking.order,
    'Leave empty rankings out and report their number.',
  );
}

/** The highest index and 1 more; 1 for what is no ranking, which `assertRanked` refuses. */
function countIndices(ranking: CandidateRanking): number {
  const order: Int32Array | undefined = ranking?.order;
  return isTagged(order, 'Int32Array') ? order.reduce((highest, candidate) => Math.max(highest, candidate), 0) + 1 : 1;
}
