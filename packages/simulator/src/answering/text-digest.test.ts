import { expect, it } from 'vitest';
import { createTextDigest } from './text-digest.ts';

const digest = (...texts: string[]): number => {
  const state = createTextDigest();
  for (const text of texts) state.add(text);
  return state.value();
};

it('is a safe integer that tells texts, their order and their bounds apart', () => {
  const values = [
    digest(),
    digest(''),
    digest('', ''),
    digest('a'),
    digest('b'),
    digest('ab'),
    digest('ba'),
    digest('a', 'b'),
    digest('b', 'a'),
    digest('a', '', 'b'),
    digest('电'),
    digest('影'),
  ];
  expect(new Set(values).size).toBe(values.length);
  expect(values.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
  expect(digest('a', 'b')).toBe(values[7]);
});

it('spreads 20,000 similar texts evenly: no two are equal, and 64 cells by any six bits pass a chi-square test', () => {
  const values = Array.from({ length: 20_000 }, (_, index) => digest(`The Film ${index} (1990)`));
  expect(new Set(values).size).toBe(values.length);
  for (const divisor of [1, 2 ** 20, 2 ** 32, 2 ** 47]) {
    const counts = new Float64Array(64);
    for (const value of values) counts[Math.floor(value / divisor) % 64]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 312.5) ** 2 / 312.5, 0);
    // 99.99 % quantile with 63 degrees of freedom.
    expect(chiSquare).toBeLessThan(113.6);
  }
});
