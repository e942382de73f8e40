import { describe, expect, test } from 'vitest';
import golden from '../golden/accuracy.json';
import { hitRate, ndcg, reciprocalRank } from './index.ts';

describe('accuracy with ties equals the enumeration of all orders (golden/generate.py)', () => {
  test.each(golden)('tie groups $tieGroups, gains $gains, k = $k', ({ tieGroups, gains, k, ...expected }) => {
    const order = Int32Array.from(tieGroups.flat());
    const groups = Int32Array.from(tieGroups.flatMap((candidates, group) => candidates.map(() => group)));
    const ranking = { order, groups };
    expect(ndcg(ranking, gains, k)).toBeCloseTo(expected.ndcg, 12);
    expect(hitRate(ranking, gains, k)).toBeCloseTo(expected.hitRate, 12);
    expect(reciprocalRank(ranking, gains, k)).toBeCloseTo(expected.reciprocalRank, 12);
  });
});
