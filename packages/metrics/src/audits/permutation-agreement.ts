import { InvalidArgumentError } from '@rppkit/spec';
import { averageRanks } from '../agreement/average-ranks.ts';
import { kendallTauB } from '../agreement/kendall-tau-b.ts';
import { rankBiasedOverlap } from '../agreement/rank-biased-overlap.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';

export interface PermutationAgreement {
  /** Pairs of rankings, n (n - 1) / 2. */
  readonly pairs: number;
  /** Mean rank-biased overlap over all pairs, in [0, 1]. */
  readonly rankBiasedOverlap: number;
  /** Pairs for which tau-b is defined: neither ranking ties all candidates. */
  readonly kendallPairs: number;
  /** Mean tau-b over these pairs, in [-1, 1]; undefined where there is none. */
  readonly kendallTauB: number | undefined;
}

export interface PermutationAgreementOptions {
  /** Number of candidates, an integer of at least 2. */
  readonly candidates: number;
  /** Of the rank-biased overlap, in (0, 1), default 0.9. */
  readonly persistence?: number;
}

/**
 * How much the rankings agree that a model gave for one task when its candidates were shown in different orders: the mean
 * over all pairs of rankings. A model that reads its candidates only agrees with itself (1); one that follows the prompt's
 * order agrees no more than the orders do (tau-b about 0 for random ones).
 *
 * Candidate indices must be those of the task, not places in the prompt. Candidates that a ranking leaves out tie after
 * the listed ones for tau-b and are not retrieved for the overlap. Average over tasks, and compare with the agreement of
 * repeated answers to one order: a model that samples its answers disagrees with itself, too.
 * Throws `InvalidArgumentError` for fewer than two rankings, an empty ranking, one that is not of `candidates` candidates,
 * or a wrong persistence.
 *
 * Sources: see `kendallTauB` and `rankBiasedOverlap`.
 */
export function permutationAgreement(
  rankings: readonly CandidateRanking[],
  { candidates, persistence = 0.9 }: PermutationAgreementOptions,
): PermutationAgreement {
  if (!Array.isArray(rankings) || rankings.length < 2) {
    throw new InvalidArgumentError('rankings', 'an array of at least two rankings', rankings);
  }
  if (!Number.isInteger(candidates) || candidates < 2) {
    throw new InvalidArgumentError('candidates', 'an integer, at least 2', candidates);
  }
  const ranks = rankings.map((ranking) => averageRanks(ranking, { candidates }));
  const ordered = ranks.map((values) => values.some((rank) => rank !== values[0]));
  let pairs = 0;
  let kendallPairs = 0;
  let overlaps = 0;
  let taus = 0;
  for (let second = 1; second < rankings.length; second++) {
    for (let first = 0; first < second; first++) {
      pairs++;
      overlaps += rankBiasedOverlap(rankings[first]!, rankings[second]!, { persistence });
      if (!ordered[first] || !ordered[second]) continue;
      kendallPairs++;
      taus += kendallTauB(ranks[first]!, ranks[second]!);
    }
  }
  return {
    pairs,
    rankBiasedOverlap: overlaps / pairs,
    kendallPairs,
    kendallTauB: kendallPairs === 0 ? undefined : taus / kendallPairs,
  };
}
