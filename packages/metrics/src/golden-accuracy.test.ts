import { describe, expect, test } from 'vitest';
import golden from '../golden/accuracy.json';
import { expectBothSources } from '../golden/expect-both-sources.ts';
import {
  auc,
  averagePrecision,
  averagePrecisionCapped,
  dcg,
  dcgBurges,
  expectedReciprocalRank,
  groupedAuc,
  hitRate,
  ndcg,
  ndcgBurges,
  precision,
  rankBiasedPrecision,
  rankByScores,
  recall,
  reciprocalRank,
  rPrecision,
} from './index.ts';

const withCutoff = {
  dcg,
  ndcg,
  dcgBurges,
  ndcgBurges,
  hitRate,
  recall,
  precision,
  reciprocalRank,
  averagePrecision,
  averagePrecisionCapped,
};

describe('accuracy equals both sources that golden/accuracy.py names', () => {
  test.each(golden.cases)('tie groups $tieGroups, gains $gains, k = $k', (entry) => {
    const { tieGroups, gains, k, expected, maxGrade, persistence } = entry;
    const order = Int32Array.from(tieGroups.flat());
    const groups = Int32Array.from(tieGroups.flatMap((candidates, group) => candidates.map(() => group)));
    const ranking = { order, groups };
    const ours = {
      ...Object.fromEntries(Object.entries(withCutoff).map(([name, metric]) => [name, metric(ranking, gains, k)])),
      rPrecision: rPrecision(ranking, gains),
      rankBiasedPrecision: rankBiasedPrecision(ranking, gains, k, { persistence }),
      expectedReciprocalRank: expectedReciprocalRank(ranking, gains, k, { maxGrade }),
      auc: auc(ranking, gains),
    };
    expectBothSources(ours, expected, golden.sources);
  });

  test.each(golden.groupedAuc)('grouped and pooled AUC of groups $groups', ({ expected, ...columns }) => {
    const ours = {
      groupedAuc: groupedAuc(columns, { undefinedGroups: 'omit' }),
      pooledAuc: auc(rankByScores(columns.scores), columns.gains),
    };
    expectBothSources(ours, expected, golden.sources);
  });

  test('every named metric has a case', () => {
    const used = [...golden.cases, ...golden.groupedAuc].flatMap(({ expected }) => Object.keys(expected));
    expect([...new Set(used)].sort()).toEqual(Object.keys(golden.sources).sort());
  });
});
