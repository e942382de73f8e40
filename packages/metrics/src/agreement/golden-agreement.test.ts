import { describe, expect, test } from 'vitest';
import golden from '../../golden/agreement.json';
import type { CandidateRanking } from '../candidate-ranking.ts';
import {
  averageRanks,
  type FusionMissing,
  fuseByBorda,
  fuseByCopeland,
  fuseByMedianRank,
  fuseByReciprocalRank,
  kendallTauB,
  rankBiasedOverlap,
  spearmanCorrelation,
} from './index.ts';

const fromTieGroups = (tieGroups: readonly (readonly number[])[]): CandidateRanking => ({
  order: Int32Array.from(tieGroups.flat()),
  groups: Int32Array.from(tieGroups.flatMap((candidates, group) => candidates.map(() => group))),
});

const toTieGroups = ({ order, groups }: CandidateRanking): number[][] => {
  const tieGroups: number[][] = [];
  order.forEach((candidate, position) => {
    if (groups[position] === groups[position - 1]) tieGroups.at(-1)!.push(candidate);
    else tieGroups.push([candidate]);
  });
  return tieGroups;
};

describe('correlations equal SciPy (golden/agreement.py)', () => {
  test.each(golden.correlations)('$first.length values', ({ first, second, ...expected }) => {
    expect(Math.abs(kendallTauB(first, second) - expected.kendallTauB)).toBeLessThan(1e-12);
    expect(Math.abs(spearmanCorrelation(first, second) - expected.spearman)).toBeLessThan(1e-12);
    expect(kendallTauB(Float32Array.from(first), Int32Array.from(second))).toBe(kendallTauB(first, second));
  });
});

describe('rank-biased overlap equals Eq. 32 averaged over all orders (golden/agreement.py)', () => {
  test.each(golden.overlaps)('$first against $second, p = $persistence', ({ first, second, persistence, value }) => {
    const overlap = rankBiasedOverlap(fromTieGroups(first), fromTieGroups(second), { persistence });
    expect(Math.abs(overlap - value)).toBeLessThan(1e-12);
  });
});

describe('fusion equals the definitions in exact fractions (golden/agreement.py)', () => {
  test.each(golden.fusions)('$rankings, missing $missing, k = $k', ({ rankings, candidates, k, ...expected }) => {
    const given = rankings.map(fromTieGroups);
    const missing = expected.missing as FusionMissing;
    expect(toTieGroups(fuseByBorda(given, { candidates, missing }))).toEqual(expected.borda);
    expect(toTieGroups(fuseByReciprocalRank(given, { candidates, missing, k }))).toEqual(expected.reciprocalRank);
    expect(toTieGroups(fuseByMedianRank(given, { candidates, missing }))).toEqual(expected.medianRank);
    expect(toTieGroups(fuseByCopeland(given, { candidates, missing }))).toEqual(expected.copeland);
  });
});

test('average ranks share the places of a group, and the places left', () => {
  const ranking = fromTieGroups([[3], [0, 5], [2]]);
  expect(averageRanks(ranking, { candidates: 7 })).toEqual(Float64Array.of(2.5, 6, 4, 1, 6, 2.5, 6));
});
