import { createRandomStream, InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { ndcg, rankByScores } from '../index.ts';
import {
  type Alternative,
  mean,
  pairedDifferences,
  pairedRandomizationTest,
  pairedTTest,
  standardDeviation,
} from './index.ts';

const { first, second, moments, randomization } = golden.paired[0]!;

describe('samples', () => {
  test('mean and standard deviation', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 15); // divisor n - 1
    for (const expected of moments) {
      expect(mean(first)).toBeCloseTo(expected.mean, 15);
      expect(standardDeviation(first)).toBeCloseTo(expected.standardDeviation, 15);
    }
  });

  test('equal values have exactly their own mean and no deviation', () => {
    for (const value of [0.1, 1 / 3, -7.7, 1e-200]) {
      const values = new Float64Array(1001).fill(value);
      expect(mean(values)).toBe(value);
      expect(standardDeviation(values)).toBe(0);
    }
  });

  test('tiny and huge values keep their spread', () => {
    for (const unit of [1e-300, 1e-160, 1e160, 1e299]) {
      expect(mean([unit, 2 * unit, 3 * unit]) / unit).toBeCloseTo(2, 14);
      expect(standardDeviation([unit, 2 * unit, 3 * unit]) / unit).toBeCloseTo(1, 14);
    }
    expect(() => mean([1e308, 1e308])).toThrow(/Expected values\[0\] to be from -1e300 to 1e300, received 1e\+308/);
    expect(() => standardDeviation([0, -1e301])).toThrow(/Expected values\[1\] to be from -1e300 to 1e300/);
  });

  test('rejects too few values and NaN', () => {
    expect(() => mean(undefined as unknown as number[])).toThrow(
      /Expected values.length to be at least 1, received undef/,
    );
    expect(() => mean(['1'] as unknown as number[])).toThrow(
      /Expected values\[0\] to be a finite number, received "1"/,
    );
    expect(() => mean([])).toThrow(/Expected values.length to be at least 1, received 0/);
    expect(() => standardDeviation([1])).toThrow(/at least 2/);
    expect(() => mean([1, Number.NaN])).toThrow(/Expected values\[1\] to be a finite number, received NaN/);
  });
});

describe('pairedDifferences', () => {
  test('are 0 for values that are equal but for rounding, and only for those', () => {
    const a = [0.1 + 0.2, 1e-300, 5e11, 1, 1, 0, -0.7];
    const b = [0.3, 1.1e-300, 5e11 + 1, 1 + 0.9e-12, 1 + 1.1e-12, 1e-13, -0.7 + 1e-16];
    expect([...pairedDifferences(a, b)]).toEqual([0, 1e-300 - 1.1e-300, -1, 0, 1 - (1 + 1.1e-12), -1e-13, 0]);
  });
});

describe('pairedTTest', () => {
  test.each(golden.paired)('equals both sources on $first', (given) => {
    const result = pairedTTest(given.first, given.second);
    const greater = pairedTTest(given.first, given.second, { alternative: 'greater' });
    const less = pairedTTest(given.second, given.first, { alternative: 'greater' });
    expect(result.degreesOfFreedom).toBe(given.first.length - 1);
    for (const expected of given.student) {
      expect(result.statistic).toBeCloseTo(expected.statistic, 12);
      expect(result.pValue).toBeCloseTo(expected.twoSided, 12);
      expect(greater.pValue).toBeCloseTo(expected.greater, 12);
      expect(less.pValue).toBeCloseTo(expected.less, 12);
    }
  });

  test('takes values that are equal but for rounding for equal', () => {
    const [a, b] = [0.1 + 0.2, 0.3].map((value) => new Float64Array(50).fill(value));
    expect(pairedTTest(a!, b!)).toEqual({ meanDifference: 0, statistic: 0, degreesOfFreedom: 49, pValue: 1 });
    expect(pairedTTest(b!, a!).pValue).toBe(1);
  });

  test('takes more than a million users', () => {
    const a = Float64Array.from({ length: 1_000_002 }, (_, index) => (index % 2 === 0 ? 1 : -1) + 0.002);
    const { statistic, degreesOfFreedom, pValue } = pairedTTest(a, new Float64Array(a.length));
    expect(degreesOfFreedom).toBe(1_000_001);
    // Mean .002, deviation 1 but for the divisor: t = .002 sqrt(1,000,001).
    expect(statistic).toBeCloseTo(0.002 * Math.sqrt(1_000_001), 9);
    // scipy.stats.t.sf(2.000001, 1000001) * 2
    expect(pValue).toBeCloseTo(0.04550042586906215, 10);
  });

  test('worked by hand: differences 1, 2, 3', () => {
    const { statistic, meanDifference } = pairedTTest([2, 4, 6], [1, 2, 3]);
    expect(meanDifference).toBe(2);
    expect(statistic).toBeCloseTo(2 * Math.sqrt(3), 14); // 2 / (1 / sqrt(3))
  });

  test('differences without spread', () => {
    expect(pairedTTest([1, 2], [1, 2])).toEqual({ meanDifference: 0, statistic: 0, degreesOfFreedom: 1, pValue: 1 });
    expect(pairedTTest([1, 2], [1, 2], { alternative: 'greater' }).pValue).toBe(1);
    expect(pairedTTest([2, 3], [1, 2])).toMatchObject({ statistic: Number.POSITIVE_INFINITY, pValue: 0 });
    expect(pairedTTest([1, 2], [2, 3], { alternative: 'greater' })).toMatchObject({ pValue: 1 });
  });

  test('of two equal rankers rejects 5 % of the time: 400 seeded repetitions within the 99.9 % binomial band', () => {
    // Binomial(400, .05): P(7 <= X <= 35) = .9992 (scipy.stats.binom).
    const random = createRandomStream('null calibration');
    const score = (): number => {
      const scores = Array.from({ length: 10 }, () => random.integer(8));
      return ndcg(rankByScores(scores), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 10);
    };
    const counts: Record<Alternative, number> = { 'two-sided': 0, greater: 0 };
    for (let repetition = 0; repetition < 400; repetition++) {
      const a = Float64Array.from({ length: 50 }, score);
      const b = Float64Array.from({ length: 50 }, score);
      for (const alternative of ['two-sided', 'greater'] as const) {
        if (pairedTTest(a, b, { alternative }).pValue <= 0.05) counts[alternative]++;
      }
    }
    for (const count of Object.values(counts)) {
      expect(count).toBeGreaterThanOrEqual(7);
      expect(count).toBeLessThanOrEqual(35);
    }
  });
});

describe('pairedRandomizationTest', () => {
  const run = (a: ArrayLike<number>, b: ArrayLike<number>, alternative: Alternative): number =>
    pairedRandomizationTest(a, b, { random: createRandomStream(1), permutations: 4000, alternative }).pValue;

  test.each([
    ['two-sided', randomization[0]!.twoSided],
    ['greater', randomization[0]!.greater],
  ] as const)('%s: within 4 standard errors of the enumeration of all signs', (alternative, exact) => {
    const permutations = 20_000;
    const options = { random: createRandomStream(5), permutations, alternative };
    const result = pairedRandomizationTest(first, second, options);
    expect(result.meanDifference).toBeCloseTo(mean(pairedDifferences(first, second)), 15);
    expect(Math.abs(result.pValue - exact)).toBeLessThan(
      4 * Math.sqrt((exact * (1 - exact)) / permutations) + 1 / permutations,
    );
  });

  test.each(golden.fedRandomization)('equals both sources on the same signs: $differences', (fed) => {
    // A stream whose 32-bit words hold the signs of each pattern, user 0 in the lowest bit of the first word.
    const words = fed.signs.flatMap((signs) =>
      Array.from({ length: Math.ceil(signs.length / 32) }, (_, word) =>
        [...signs.slice(32 * word, 32 * word + 32)].reduce((sum, sign, bit) => sum + Number(sign) * 2 ** bit, 0),
      ),
    );
    for (const alternative of ['two-sided', 'greater'] as const) {
      const left = [...words];
      const bits = (): number => left.shift()!;
      const random: RandomStream = Object.assign(createRandomStream(0), { bits });
      const options = { random, permutations: fed.signs.length, alternative };
      const { pValue } = pairedRandomizationTest(fed.differences, new Float64Array(fed.differences.length), options);
      for (const source of fed.expected) {
        expect(pValue).toBeCloseTo(alternative === 'greater' ? source.greater : source.twoSided, 15);
      }
      expect(left).toEqual([]);
    }
  });

  test('counts patterns that tie with the observed one, and adds one', () => {
    // Differences 1 and 1: half of the patterns give |sum| = 2, a quarter sum = 2. With zeros every pattern ties.
    expect(run([1, 1], [0, 0], 'two-sided')).toBeCloseTo(0.5, 1);
    expect(run([1, 1], [0, 0], 'greater')).toBeCloseTo(0.25, 1);
    expect(run([0.3, 0.2], [0.3, 0.2], 'two-sided')).toBe(1);
    // Differences -.1, -.1, -.1, .2: all 16 sums have size .1, .3 or .5, yet six fall short of the observed .1 by rounding.
    expect(run([0, 0, 0, 0.2], [0.1, 0.1, 0.1, 0], 'two-sided')).toBe(1);
    const sure = Array.from({ length: 64 }, (_, index) => 1 + index / 100);
    expect(
      run(
        sure,
        sure.map(() => 0),
        'two-sided',
      ),
    ).toBe(1 / 4001);
  });

  test('takes values that are equal but for rounding for equal', () => {
    const [a, b] = [0.1 + 0.2, 0.3].map((value) => new Float64Array(50).fill(value));
    expect(run(a!, b!, 'two-sided')).toBe(1);
  });

  test('depends on the stream alone', () => {
    const runWith = (seed: number) =>
      pairedRandomizationTest(first, second, { random: createRandomStream(seed), permutations: 500 });
    expect(runWith(1)).toEqual(runWith(1));
    expect(runWith(1).pValue).not.toBe(runWith(2).pValue);
  });
});

test('paired tests reject what is not paired', () => {
  const random = createRandomStream(0);
  expect(() => pairedTTest([1, 2], [1])).toThrow(/Expected b.length to be 2, the length of a, received 1/);
  expect(() => pairedTTest([1], [1])).toThrow(InvalidArgumentError);
  expect(() => pairedTTest([1, 2], [1, Number.NaN])).toThrow(/Expected b\[1\] to be a finite number/);
  expect(() => pairedTTest([1, 2], [1, 3], { alternative: 'less' as Alternative })).toThrow(/Expected alternative/);
  expect(() => pairedRandomizationTest([1, 2], [1], { random })).toThrow(InvalidArgumentError);
  for (const options of [undefined, {}, { random: 7 }]) {
    expect(() => pairedRandomizationTest([1, 2], [1, 1], options as unknown as { random: RandomStream })).toThrow(
      /Expected random to be a RandomStream, received .* Pass createRandomStream\(seed\)/,
    );
  }
  const none = undefined as unknown as number[];
  expect(() => pairedTTest(none, [1, 2])).toThrow(/Expected a.length to be at least 2, received undefined/);
  expect(() => pairedTTest([1, 2], none)).toThrow(/Expected b.length to be 2, the length of a, received undefined/);
  expect(() => pairedRandomizationTest([1, 2], [1, 1], { random, permutations: 0 })).toThrow(/Expected permutations/);
  expect(() => pairedDifferences([1, Number.POSITIVE_INFINITY], [1, 2])).toThrow(/Expected a\[1\]/);
});
