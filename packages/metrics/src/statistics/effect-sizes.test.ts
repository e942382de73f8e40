import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { cliffsDelta, interquartileMean, pairedCohensD, probabilityOfImprovement } from './index.ts';

describe('interquartileMean', () => {
  test.each(golden.interquartileMean)('equals both sources on $values', ({ values, expected }) => {
    for (const mean of expected) expect(interquartileMean(values)).toBeCloseTo(mean, 14);
  });

  test('worked by hand: of eight values the middle four count', () => {
    expect(interquartileMean([100, 1, 2, 3, 4, 5, 6, -100])).toBe(3.5);
    expect(() => interquartileMean([])).toThrow(/at least 1/);
    expect(() => interquartileMean([1, Number.NaN])).toThrow(/Expected values\[1\]/);
  });
});

describe('probabilityOfImprovement and cliffsDelta', () => {
  test.each(golden.improvement)('equal both sources on $a', ({ a, b, expected }) => {
    for (const { probability, delta } of expected) {
      expect(probabilityOfImprovement(a, b)).toBeCloseTo(probability, 14);
      expect(cliffsDelta(a, b)).toBeCloseTo(delta, 14);
    }
  });

  test('worked by hand: [1, 2, 3] against [2, 2, 5, 0]', () => {
    // 1 beats 0: 1; 2 beats 0 and ties twice: 2; 3 beats 2, 2 and 0: 3; 6 of 12.
    expect(probabilityOfImprovement([1, 2, 3], [2, 2, 5, 0])).toBe(0.5);
    expect(cliffsDelta([1, 2, 3], [2, 2, 5, 0])).toBe(0);
    expect(cliffsDelta([1, 2], [0])).toBe(1);
    expect(cliffsDelta([0], [1, 2])).toBe(-1);
  });

  test('are the definition, whatever the order of values', () => {
    const sample = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        let sum = 0;
        for (const x of a) for (const y of b) sum += x > y ? 1 : x === y ? 0.5 : 0;
        expect(probabilityOfImprovement(a, b)).toBeCloseTo(sum / (a.length * b.length), 14);
        expect(cliffsDelta(a, b)).toBeCloseTo(-cliffsDelta(b, a), 14);
      }),
    );
  });

  test('reject empty samples and NaN', () => {
    expect(() => probabilityOfImprovement([], [1])).toThrow(/Expected a.length to be at least 1/);
    expect(() => cliffsDelta([1], [])).toThrow(/Expected b.length/);
    expect(() => cliffsDelta([1], [Number.NaN])).toThrow(/Expected b\[0\]/);
  });
});

describe('pairedCohensD', () => {
  test.each(golden.paired)('equals both sources on $first', ({ first, second, student }) => {
    for (const { cohensD } of student) expect(pairedCohensD(first, second)).toBeCloseTo(cohensD, 12);
  });

  test('takes rounding for no effect', () => {
    expect(pairedCohensD(new Float64Array(50).fill(0.1 + 0.2), new Float64Array(50).fill(0.3))).toBe(0);
  });

  test('worked by hand: differences 1, 2, 3 have mean 2 and deviation 1', () => {
    expect(pairedCohensD([2, 4, 6], [1, 2, 3])).toBe(2);
    expect(pairedCohensD([1, 2], [1, 2])).toBe(0);
    expect(pairedCohensD([1, 2], [2, 3])).toBe(Number.NEGATIVE_INFINITY);
    expect(() => pairedCohensD([1, 2], [1])).toThrow(/Expected b.length/);
  });
});
