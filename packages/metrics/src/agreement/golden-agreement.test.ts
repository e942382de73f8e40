import { describe, expect, test } from 'vitest';
import golden from '../../golden/agreement.json';
import { expectBothSources } from '../../golden/expect-both-sources.ts';
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

describe('agreement and fusion equal both sources that golden/agreement.py names', () => {
  test.each(golden.correlations)('correlations of $first.length values', ({ first, second, expected }) => {
    const ours = { kendallTauB: kendallTauB(first, second), spearman: spearmanCorrelation(first, second) };
    expectBothSources(ours, expected, golden.sources);
    expect(kendallTauB(Float32Array.from(first), Int32Array.from(second))).toBe(ours.kendallTauB);
  });

  test.each(golden.ranks)('average ranks of $tieGroups of $candidates', ({ tieGroups, candidates, expected }) => {
    const ours = [...averageRanks(fromTieGroups(tieGroups), { candidates })];
    expectBothSources({ averageRanks: ours }, expected, golden.sources);
  });

  test.each(golden.overlaps)('overlap of $first and $second, p = $persistence', ({ persistence, ...given }) => {
    const ours = rankBiasedOverlap(fromTieGroups(given.first), fromTieGroups(given.second), { persistence });
    expectBothSources({ rankBiasedOverlap: ours }, given.expected, golden.sources);
  });

  test.each(golden.fusions)(
    'fusion of $rankings, missing $missing, k = $k',
    ({ candidates, k, expected, ...given }) => {
      const rankings = given.rankings.map(fromTieGroups);
      const options = { candidates, missing: given.missing as FusionMissing };
      const ours = {
        borda: fuseByBorda(rankings, options),
        reciprocalRank: fuseByReciprocalRank(rankings, { ...options, k }),
        medianRank: fuseByMedianRank(rankings, options),
        copeland: fuseByCopeland(rankings, options),
      };
      const tieGroups = Object.entries(ours).map(([name, fused]) => [name, toTieGroups(fused)] as const);
      expectBothSources(Object.fromEntries(tieGroups), expected, golden.sources);
    },
  );
});
