import { describe, expect, test } from 'vitest';
import golden from '../../golden/beyond-accuracy.json';
import {
  averagePopularity,
  calibrationDivergence,
  cosineDistance,
  giniIndex,
  intraListDiversity,
  itemCoverage,
  jaccardDistance,
  novelty,
  personalization,
  popularityDeviation,
  popularityGroups,
  popularityLift,
  shannonEntropy,
  tailShare,
} from './index.ts';

const byItem = <Value>(values: readonly Value[]) => new Map(values.map((value, item) => [item, value]));

// 20 users, two lengths of lists, smoothing and weights: golden/beyond-accuracy.py says which library gives each number.
describe.each(golden)('equals SciPy, scikit-learn and NumPy (golden/beyond-accuracy.py), alpha $alpha', (given) => {
  const { lists, histories, alpha, smoothing, listWeights, historyWeights, expected } = given;
  const popularity = byItem(given.popularity);
  const categories = byItem(given.categories);
  const groups = popularityGroups(popularity);
  const list = lists[0]!;
  const history = histories[0]!;

  test.each([
    ['itemCoverage', itemCoverage(lists, popularity.keys())],
    ['giniIndex', giniIndex(lists, popularity.keys())],
    ['shannonEntropy', shannonEntropy(lists)],
    ['personalization', personalization(lists)],
    ['averagePopularity', averagePopularity(list, popularity)],
    ['tailShare', tailShare(list, groups)],
    ['novelty', novelty(list, popularity, { users: 100, smoothing })],
    ['jaccardDiversity', intraListDiversity(list, jaccardDistance(categories))],
    ['cosineDiversity', intraListDiversity(list, cosineDistance(byItem(given.vectors)))],
    ['calibrationDivergence', calibrationDivergence(list, history, categories, { alpha })],
    ['weightedDivergence', calibrationDivergence(list, history, categories, { alpha, listWeights, historyWeights })],
    ['popularityDeviation', popularityDeviation(list, history, groups)],
    ['popularityLift', popularityLift(lists, histories, popularity)],
  ] as const)('%s', (name, value) => {
    expect(Math.abs(value - expected[name])).toBeLessThan(1e-12);
  });

  test('popularity groups', () => {
    expect([...groups.values()]).toEqual(expected.groups);
    expect([...popularityGroups(popularity, { head: 0.5, tail: 1 }).values()]).toEqual(expected.twoGroups);
  });

  test('typed arrays give the same', () => {
    const typed = lists.map((items) => Int32Array.from(items));
    expect(giniIndex(typed, popularity.keys())).toBe(giniIndex(lists, popularity.keys()));
    expect(personalization(typed)).toBe(personalization(lists));
    expect(tailShare(typed[0]!, groups)).toBe(tailShare(list, groups));
  });
});
