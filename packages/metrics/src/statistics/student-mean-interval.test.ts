import { expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { studentMeanInterval } from './index.ts';

test('studentMeanInterval equals scipy.stats.t.interval', () => {
  const { mean, low, high, level } = studentMeanInterval(golden.paired.first, { level: 0.9 });
  expect(mean).toBeCloseTo(golden.paired.mean, 14);
  expect(low).toBeCloseTo(golden.paired.studentInterval[0]!, 11);
  expect(high).toBeCloseTo(golden.paired.studentInterval[1]!, 11);
  expect(level).toBe(0.9);
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
