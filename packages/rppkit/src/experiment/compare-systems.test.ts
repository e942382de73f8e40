import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { compareSystems, findComparison } from './compare-systems.ts';
import type { RowId } from './results.ts';

const random = createRandomStream('compare');
const noise = Float64Array.from({ length: 200 }, () => random.uniform());
const values: Partial<Record<RowId, Float64Array>> = {
  random: noise.map((value, user) => value - (user % 2 === 0 ? 0.1 : -0.09)),
  'best-fixed': noise,
  rpp: noise.map((value) => value + 0.05),
};
const select = (id: RowId): Float64Array => values[id]!;
const mean = (id: RowId): number => select(id).reduce((sum, value) => sum + value, 0) / 200;
const significance = compareSystems(['random', 'best-fixed', 'rpp'], {
  select,
  computeDifference: (left, right) => ({ mean: mean(left) - mean(right), low: 0, high: 0 }),
  random,
});

it('tests every system against the best fixed prompt and RPP against every system, each pair once', () => {
  expect(significance.comparisons.map(({ system, reference }) => `${system} ${reference}`)).toEqual([
    'random best-fixed',
    'rpp best-fixed',
    'rpp random',
  ]);
  expect(findComparison(significance, 'rpp', 'best-fixed')!.difference.mean).toBeCloseTo(0.05, 9);
  expect(findComparison(significance, 'best-fixed', 'rpp')).toBeUndefined();
});

it('corrects by Holm over all of them', () => {
  const [fixed, rpp, other] = significance.comparisons;
  // A constant difference is more extreme than any of the 10,000 sign patterns.
  expect(rpp!.pValue).toBeCloseTo(1 / 10_001, 9);
  expect(rpp!.adjustedPValue).toBeCloseTo(3 / 10_001, 9);
  expect(other!.adjustedPValue).toBeCloseTo(3 / 10_001, 9);
  expect(fixed!.pValue).toBeGreaterThan(0.05);
  expect(fixed!.adjustedPValue).toBe(fixed!.pValue);
});
