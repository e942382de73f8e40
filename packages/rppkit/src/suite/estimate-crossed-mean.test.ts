import { pairedTTest } from '@rppkit/metrics/statistics';
import { expect, it } from 'vitest';
import { estimateCrossedMean } from './estimate-crossed-mean.ts';

it('covers users and seeds', () => {
  // Means of seeds .2 and .5, of users .2 and .5, each with variance .045: error^2 = .0225 + .0225, 2 degrees of freedom,
  // t = .35 / .2121320 = 1.6499158, p = 1 - t / sqrt(t^2 + 2) = .240746, half = 4.3026527 .2121320 = .912730.
  const { mean, low, high, pValue } = estimateCrossedMean([Float64Array.of(0.1, 0.3), Float64Array.of(0.3, 0.7)]);
  expect(mean).toBeCloseTo(0.35, 12);
  expect(pValue).toBeCloseTo(0.240746, 5);
  expect([low, high].map((end) => Number(end.toFixed(4)))).toEqual([-0.5627, 1.2627]);
});

it('is the paired test on users where seeds bring nothing, and that on seeds where they bring all', () => {
  const users = Float64Array.of(0.2, 0.4, 0.1, 0.3);
  expect(estimateCrossedMean([users, users, users]).pValue).toBeCloseTo(pairedTTest(users, [0, 0, 0, 0]).pValue, 10);
  const seeds = [0.02, 0.05, 0.03];
  const flat = seeds.map((value) => new Float64Array(100).fill(value));
  expect(estimateCrossedMean(flat).pValue).toBeCloseTo(pairedTTest(seeds, [0, 0, 0]).pValue, 10);
  // What a test on users alone would take for certain.
  expect(estimateCrossedMean(flat).pValue).toBeGreaterThan(0.05);
});

it('gives 1 where nothing differs', () => {
  expect(estimateCrossedMean([new Float64Array(2), new Float64Array(2)])).toEqual({
    ...{ mean: 0, low: 0, high: 0 },
    pValue: 1,
  });
});
