import { InvalidArgumentError } from '@rppkit/spec';
import { averageRanks } from '../agreement/average-ranks.ts';
import { assertAmounts } from '../assert-arguments.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';

export interface PopularityTilt {
  /** Pairs of candidates with equal gain and different popularity. */
  readonly pairs: number;
  /** In [-1, 1]; undefined where there is no such pair. */
  readonly tilt: number | undefined;
}

/**
 * Popularity tilt of one ranking: does it place popular candidates higher than its judged relevance explains? Counted over
 * the pairs of candidates with **equal gain** and different popularity, so that judged relevance plays no part:
 *
 *   tilt = (pairs with the more popular one higher - pairs with it lower) / pairs
 *
 * 1: by popularity alone; 0: no tilt, also what ties and a random order give on average; -1: least popular first. It is
 * Somers' D of rank on popularity inside classes of equal gain. Pairs whose ranks tie count 0; candidates that the ranking
 * leaves out tie after the listed ones. With one relevant candidate it is about the others only.
 *
 * It cannot see taste that nobody judged: people do like popular items more often, so a tilt above 0 alone is no fault.
 * Compare rankers on the same tasks. Average over the tasks where it is defined. O(candidates^2).
 *
 * `gains [candidates]` and `popularity [candidates]` are finite and at least 0. Throws `InvalidArgumentError` for other
 * values, differing lengths, or a ranking that is not one of these candidates.
 *
 * Sources: Somers, "A new asymmetric measure of association for ordinal variables", American Sociological Review 27(6),
 * 1962; the stratification by gain is ours.
 */
export function popularityTilt(
  ranking: CandidateRanking,
  gains: ArrayLike<number>,
  popularity: ArrayLike<number>,
): PopularityTilt {
  assertAmounts('gains', gains);
  assertAmounts('popularity', popularity);
  if (popularity.length !== gains.length) {
    throw new InvalidArgumentError('popularity', `of length ${gains.length}, one a candidate`, popularity);
  }
  const ranks = averageRanks(ranking, { candidates: gains.length });
  let pairs = 0;
  let lead = 0;
  for (let second = 1; second < gains.length; second++) {
    for (let first = 0; first < second; first++) {
      if (gains[first] !== gains[second] || popularity[first] === popularity[second]) continue;
      pairs++;
      lead += Math.sign(popularity[first]! - popularity[second]!) * Math.sign(ranks[second]! - ranks[first]!);
    }
  }
  return { pairs, tilt: pairs === 0 ? undefined : lead / pairs };
}
