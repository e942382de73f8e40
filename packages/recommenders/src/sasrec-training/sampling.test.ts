import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createDropout } from './dropout.ts';
import { sampleNegatives } from './sample-negatives.ts';

it('sampleNegatives draws evenly from what the user never had', () => {
  const items = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, title: id }));
  const interactions = { items, starts: Int32Array.of(0, 2, 5, 10), item: Int32Array.of(0, 3, 1, 2, 4, 0, 1, 2, 3, 4) };
  const users = Int32Array.from({ length: 6000 }, (_, index) => Math.floor(index / 2) % 3);
  const counts = Array.from({ length: 3 }, () => new Array<number>(5).fill(0));
  sampleNegatives(interactions, users, createRandomStream(3)).forEach((item, index) => {
    counts[users[index]!]![item]! += 1;
  });
  // 2,000 draws a user: from b, c, e; from a, d; from all, as the last user had all. Five standard deviations: 110.
  for (const [user, expected] of [
    [0, 667, 667, 0, 667],
    [1000, 0, 0, 1000, 0],
    [400, 400, 400, 400, 400],
  ].entries()) {
    for (const [item, count] of expected.entries()) {
      if (count === 0) expect(counts[user]![item]).toBe(0);
      else expect(Math.abs(counts[user]![item]! - count)).toBeLessThan(112);
    }
  }
});

it('createDropout keeps the share and the mean of the values', () => {
  const mask = createDropout(0.2, createRandomStream(5))(10_001);
  expect(mask.length).toBe(10_001);
  const kept = mask.filter((value) => value !== 0);
  expect(new Set(kept)).toEqual(new Set([1.25]));
  // Standard deviation of the share: 0.004.
  expect(kept.length / mask.length).toBeGreaterThan(0.78);
  expect(kept.length / mask.length).toBeLessThan(0.82);
  const even = mask.filter((_, index) => index % 2 === 0);
  expect(even.filter((value) => value !== 0).length / even.length).toBeGreaterThan(0.77);
  expect(even.filter((value) => value !== 0).length / even.length).toBeLessThan(0.83);
});
