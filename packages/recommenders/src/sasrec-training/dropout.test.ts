import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createDropout } from './dropout.ts';

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
