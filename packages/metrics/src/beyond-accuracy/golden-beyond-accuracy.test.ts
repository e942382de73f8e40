import { describe, expect, test } from 'vitest';
import golden from '../../golden/beyond-accuracy.json';
import { expectBothSources } from '../../golden/expect-both-sources.ts';
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

describe.each(golden.cases)('beyond accuracy, alpha $alpha', (given) => {
  const { lists, histories, alpha, smoothing, users, listWeights, historyWeights, expected } = given;
  const popularity = byItem(given.popularity);
  const categories = byItem(given.categories);
  const groups = popularityGroups(popularity);
  const list = lists[0]!;
  const history = histories[0]!;

  test('equals both sources that golden/beyond-accuracy.py names', () => {
    const jaccard = jaccardDistance(categories);
    const cosine = cosineDistance(byItem(given.vectors));
    const pairs = list.flatMap((first, index) => list.slice(index + 1).map((second) => [first, second] as const));
    const ours = {
      itemCoverage: itemCoverage(lists, popularity.keys()),
      giniIndex: giniIndex(lists, popularity.keys()),
      shannonEntropy: shannonEntropy(lists),
      personalization: personalization(lists),
      averagePopularity: averagePopularity(list, popularity),
      groups: [...groups.values()],
      twoGroups: [...popularityGroups(popularity, { head: 0.5, tail: 1 }).values()],
      tailShare: tailShare(list, groups),
      novelty: novelty(list, popularity, { users, smoothing }),
      jaccardDistances: pairs.map(([first, second]) => jaccard(first, second)),
      jaccardDiversity: intraListDiversity(list, jaccard),
      cosineDistances: pairs.map(([first, second]) => cosine(first, second)),
      cosineDiversity: intraListDiversity(list, cosine),
      calibrationDivergence: calibrationDivergence(list, history, categories, { alpha }),
      weightedDivergence: calibrationDivergence(list, history, categories, { alpha, listWeights, historyWeights }),
      popularityDeviation: popularityDeviation(list, history, groups),
      popularityLift: popularityLift(lists, histories, popularity),
    };
    expectBothSources(ours, expected, golden.sources);
    expect(Object.keys(golden.sources).sort()).toEqual(Object.keys(ours).sort());
  });

  test('typed arrays give the same', () => {
    const typed = lists.map((items) => Int32Array.from(items));
    expect(giniIndex(typed, popularity.keys())).toBe(giniIndex(lists, popularity.keys()));
    expect(personalization(typed)).toBe(personalization(lists));
    expect(tailShare(typed[0]!, groups)).toBe(tailShare(list, groups));
  });
});
