import { describe, expect, test } from 'vitest';
import golden from '../golden/accuracy.json';
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

describe('accuracy equals the enumeration of all orders, and scikit-learn (golden/accuracy.py)', () => {
  test.each(golden.cases)('tie groups $tieGroups, gains $gains, k = $k', (entry) => {
    const { tieGroups, gains, k, definition, maxGrade, persistence } = entry;
    const second: Readonly<Record<string, number | undefined>> = entry.second;
    const order = Int32Array.from(tieGroups.flat());
    const groups = Int32Array.from(tieGroups.flatMap((candidates, group) => candidates.map(() => group)));
    const ranking = { order, groups };
    const ours: Readonly<Record<string, number>> = {
      ...Object.fromEntries(Object.entries(withCutoff).map(([name, metric]) => [name, metric(ranking, gains, k)])),
      rPrecision: rPrecision(ranking, gains),
      rankBiasedPrecision: rankBiasedPrecision(ranking, gains, k, { persistence }),
      expectedReciprocalRank: expectedReciprocalRank(ranking, gains, k, { maxGrade }),
      auc: auc(ranking, gains),
    };
    expect(Object.keys(ours).sort()).toEqual(Object.keys(definition).sort());
    for (const [name, value] of Object.entries(definition)) {
      expect(ours[name], name).toBeCloseTo(value, 12);
      if (second[name] !== undefined) expect(ours[name], name).toBeCloseTo(second[name], 9);
    }
  });

  test('grouped and pooled AUC', () => {
    const { rows, pooled, ...columns } = golden.groupedAuc;
    expect(groupedAuc(columns, { undefinedGroups: 'omit' })).toBeCloseTo(rows, 12);
    expect(auc(rankByScores(columns.scores), columns.gains)).toBeCloseTo(pooled, 12);
  });
});
