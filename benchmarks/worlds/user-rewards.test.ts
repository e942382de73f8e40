import { expect, it } from 'vitest';
import { computeMean, computeUserMeans, computeVariance, computeWithinUser } from './user-rewards.ts';

// Three users with two draws each: means 2, 5 and 0, variances 2, 8 and 0.
const rewards = Float64Array.of(1, 3, 3, 7, 0, 0);

it('gives means of users, and of all', () => {
  expect([...computeUserMeans(rewards, 2)]).toEqual([2, 5, 0]);
  expect(computeMean(rewards)).toBeCloseTo(14 / 6, 12);
});

it('gives the variance of a sample', () => {
  expect(computeVariance([3, 7])).toBe(8);
  expect(computeVariance([1, 2, 6])).toBe(7);
});

it('gives the deviation within users, whatever lies between them', () => {
  expect(computeWithinUser(rewards, 2)).toBeCloseTo(Math.sqrt(10 / 3), 12);
  expect(
    computeWithinUser(
      rewards.map((value, index) => value + 100 * Math.floor(index / 2)),
      2,
    ),
  ).toBeCloseTo(Math.sqrt(10 / 3), 12);
});
