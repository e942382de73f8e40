import { expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { studentMeanInterval } from './index.ts';

test.each(golden.paired)('studentMeanInterval equals both sources on $first', ({ first, level, interval }) => {
  const found = studentMeanInterval(first, { level });
  for (const expected of interval) {
    expect(found.mean).toBeCloseTo(expected[0]!, 12);
    expect(found.low).toBeCloseTo(expected[1]!, 12);
    expect(found.high).toBeCloseTo(expected[2]!, 12);
  }
  expect(found.level).toBe(level);
});

test('studentMeanInterval of more than a million values', () => {
  // Half 0, half 1: mean 1/2, deviation 1/2 but for the divisor n - 1.
  const values = Float64Array.from({ length: 1_000_002 }, (_, index) => index % 2);
  const { low, high } = studentMeanInterval(values);
  const half = (1.959966337 * 0.5) / Math.sqrt(1_000_001); // t of 1,000,001 degrees: z + (z^3 + z) / (4 v)
  expect(low).toBeCloseTo(0.5 - half, 9);
  expect(high).toBeCloseTo(0.5 + half, 9);
});

test('studentMeanInterval worked by hand: 1, 2, 3 with t = 4.302653 on two degrees', () => {
  const { low, high, level } = studentMeanInterval([1, 2, 3]);
  expect(low).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 6);
  expect(high).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 6);
  expect(level).toBe(0.95);
});

test('studentMeanInterval of equal values is a point, and refuses wrong input', () => {
  expect(studentMeanInterval([0.3, 0.3, 0.3])).toEqual({ mean: 0.3, low: 0.3, high: 0.3, level: 0.95 });
  expect(() => studentMeanInterval([1, 2], { level: 95 })).toThrow(/Expected level/);
  expect(() => studentMeanInterval([1])).toThrow(/Expected values.length to be at least 2/);
  expect(() => studentMeanInterval([1, Number.NaN])).toThrow(/Expected values\[1\]/);
});
