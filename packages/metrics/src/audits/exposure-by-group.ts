import { InvalidArgumentError } from '@rppkit/spec';
import { assertCandidateRanking, computeGroupValues } from '../agreement/candidate-places.ts';
import { assertArrayLike, isIdentifier } from '../assert-arguments.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';

export interface GroupExposure {
  /** Number of candidates of the group. */
  readonly candidates: number;
  /** Mean exposure of a candidate of the group, in [0, 1]. */
  readonly exposure: number;
}

/**
 * Mean exposure of each group of candidates in one ranking, for groups such as popular and niche, or one for each provider.
 *
 *   exposure(G) = 1 / |G| * sum over candidates c in G of v(rank of c),   v(r) = 1 / log2(1 + r)
 *
 * Tied candidates get the mean of v over the ranks of their group, the expectation over its orders; candidates that the
 * ranking leaves out have exposure 0. `groupOf [candidates]` names the group of each candidate by a text or a
 * finite number. The ratio of two groups'
 * exposures is 1 under demographic parity. Average over rankings before you compare groups.
 * Throws `InvalidArgumentError` for no candidate, a group without a name, or a ranking that is not one of these candidates.
 *
 * Source: Singh and Joachims, "Fairness of exposure in rankings", KDD 2018.
 */
export function exposureByGroup<Group extends string | number>(
  ranking: CandidateRanking,
  groupOf: ArrayLike<Group>,
): ReadonlyMap<Group, GroupExposure> {
  assertArrayLike('groupOf', groupOf);
  if (groupOf.length === 0) throw new InvalidArgumentError('groupOf', 'the group of at least one candidate', groupOf);
  assertCandidateRanking(ranking, groupOf.length, 'ranking');
  const exposures = computeGroupValues(ranking, groupOf.length, computeMeanExposure, 0);
  const totals = new Map<Group, { candidates: number; exposure: number }>();
  for (let candidate = 0; candidate < groupOf.length; candidate++) {
    const group = groupOf[candidate]!;
    if (!isIdentifier(group)) {
      throw new InvalidArgumentError(`groupOf[${candidate}]`, 'a text or a finite number', group);
    }
    const total = totals.get(group) ?? { candidates: 0, exposure: 0 };
    total.candidates++;
    total.exposure += exposures[candidate]!;
    totals.set(group, total);
  }
  for (const total of totals.values()) total.exposure /= total.candidates;
  return totals;
}

/** The mean of v over the ranks of the positions start … end - 1. */
function computeMeanExposure(start: number, end: number): number {
  let sum = 0;
  for (let position = start; position < end; position++) sum += 1 / Math.log2(position + 2);
  return sum / (end - start);
}
