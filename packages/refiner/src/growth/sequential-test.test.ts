import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { addPair, computeBounds, judge, noPairs, type PairedStatistics } from './sequential-test.ts';

/** Statistics of `pairs` differences with this mean and this sample variance (divisor pairs - 1). */
function describePairs(pairs: number, mean: number, variance = 0.0625): PairedStatistics {
  return { pairs, sum: pairs * mean, squares: (pairs - 1) * variance + pairs * mean ** 2 };
}

/** u(v) / n at n = 100, sigma^2 = 0.0625: sqrt(2 * 10 * ln(sqrt(10 / 3.75) / 0.1 + 1)) / 100. */
const margin100 = 0.0755305;

describe('addPair', () => {
  it('counts and sums differences and squares', () => {
    const statistics = [0.5, -0.25, 0].reduce(addPair, noPairs);
    expect(statistics).toEqual({ pairs: 3, sum: 0.25, squares: 0.3125 });
    expect(noPairs).toEqual({ pairs: 0, sum: 0, squares: 0 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses the difference %d', (difference) => {
    expect(() => addPair(noPairs, difference)).toThrow(
      `Expected difference to be a finite number, received ${difference}.`,
    );
  });

  it('goes on after a round trip through JSON as if nothing had happened', () => {
    const random = createRandomStream('json');
    const differences = Array.from({ length: 80 }, () => 0.03 + 0.25 * random.normal());
    const whole = differences.reduce(addPair, noPairs);
    const half: PairedStatistics = JSON.parse(JSON.stringify(differences.slice(0, 40).reduce(addPair, noPairs)));
    const continued = differences.slice(40).reduce(addPair, half);
    expect(continued).toEqual(whole);
    expect(computeBounds(continued)).toEqual(computeBounds(whole));
  });
});

describe('computeBounds', () => {
  it('gives the numbers worked by hand where the sample agrees with the first guess', () => {
    // Variance (20 * 0.0625 + 99 * 0.0625) / 119 = 0.0625; v = 6.25, rho = 60 * 0.0625 = 3.75, v + rho = 10.
    // sqrt(10 / 3.75) / 0.1 + 1 = 17.3299, its logarithm 2.85243, sqrt(20 * 2.85243) = 7.55305.
    const { low, high } = computeBounds(describePairs(100, 0.1));
    expect(low).toBeCloseTo(0.1 - margin100, 6);
    expect(high).toBeCloseTo(0.1 + margin100, 6);
  });

  it('gives the numbers worked by hand where the sample deviates from the first guess', () => {
    // All differences are equal: variance 20 * 0.04 / (20 + 39) = 0.0135593; v + rho = (40 + 60) * 0.0135593 = 1.35593.
    // sqrt(100 / 60) / 0.02 + 1 = 65.5497, its logarithm 4.18281, sqrt(2 * 1.35593 * 4.18281) / 40 = 0.0841992.
    const { low, high } = computeBounds(describePairs(40, 0.02, 0), { alpha: 0.01, standardDeviation: 0.2 });
    expect(low).toBeCloseTo(0.02 - 0.0841992, 6);
    expect(high).toBeCloseTo(0.02 + 0.0841992, 6);
  });

  it('lies above the exact boundary of the mixture by less than a tenth in probability', () => {
    // Phi(2.38849) = 0.99154; at the exact boundary the mixture is 1 / alpha = 20.
    const z = (100 * computeBounds(describePairs(100, 0)).high) / Math.sqrt(10);
    expect(z).toBeCloseTo(2.38849, 4);
    const mixture = 2 * Math.sqrt(3.75 / 10) * Math.exp(z ** 2 / 2) * 0.99154;
    expect(mixture).toBeGreaterThan(20);
    expect(mixture).toBeLessThan(22);
  });

  it('says nothing below 30 pairs', () => {
    expect(computeBounds(noPairs)).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    expect(computeBounds(describePairs(29, 0.9))).toEqual({
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
    expect(computeBounds(describePairs(30, 0.9)).low).toBeGreaterThan(0);
  });

  it('tightens with every pair that changes neither mean nor variance', () => {
    for (const variance of [0, 0.01, 0.0625, 0.25]) {
      let previous = Number.POSITIVE_INFINITY;
      for (let pairs = 30; pairs <= 700; pairs++) {
        const { low, high } = computeBounds(describePairs(pairs, 0.01, variance));
        expect(high - low).toBeLessThan(previous);
        previous = high - low;
      }
    }
  });

  it('widens as alpha falls, and mirrors when all differences change sign', () => {
    const statistics = describePairs(200, 0.03);
    const wide = computeBounds(statistics, { alpha: 0.01 });
    const narrow = computeBounds(statistics, { alpha: 0.05 });
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
    const mirrored = computeBounds({ ...statistics, sum: -statistics.sum });
    expect(mirrored).toEqual({ low: -narrow.high, high: -narrow.low });
  });

  it('holds at all of 600 times at once for at least 95 % of equal children', () => {
    const random = createRandomStream('coverage');
    let above = 0;
    let below = 0;
    for (let child = 0; child < 400; child++) {
      let statistics = noPairs;
      let crossedLow = false;
      let crossedHigh = false;
      for (let pair = 0; pair < 600; pair++) {
        statistics = addPair(statistics, 0.25 * random.normal());
        const { low, high } = computeBounds(statistics);
        crossedLow ||= low > 0;
        crossedHigh ||= high < 0;
      }
      if (crossedLow) above++;
      if (crossedHigh) below++;
    }
    expect(above).toBeLessThanOrEqual(20);
    expect(below).toBeLessThanOrEqual(20);
    // A boundary that nothing ever crosses would be of no use.
    expect(above + below).toBeGreaterThan(0);
  });
});

describe('judge', () => {
  it('promotes when the lower bound is above 0, by however little', () => {
    expect(judge(describePairs(100, margin100 + 1e-6))).toBe('promoted');
    expect(judge(describePairs(100, margin100 - 1e-6))).toBe('open');
  });

  it('retires when the upper bound is below the least gain, by however little', () => {
    expect(judge(describePairs(100, 0.005 - margin100 - 1e-6))).toBe('retired');
    expect(judge(describePairs(100, 0.005 - margin100 + 1e-6))).toBe('open');
    expect(judge(describePairs(100, 0.02 - margin100 - 1e-6), { minimumGain: 0.02 })).toBe('retired');
    expect(judge(describePairs(100, 0 - margin100 + 1e-6), { minimumGain: 0 })).toBe('open');
  });

  it('ends undecided at the last pair, and not before', () => {
    expect(judge(describePairs(599, 0))).toBe('open');
    expect(judge(describePairs(600, 0))).toBe('undecided');
    expect(judge(describePairs(600, 0), { maximumPairs: 601 })).toBe('open');
    expect(judge(describePairs(10, 0.5), { maximumPairs: 10 })).toBe('undecided');
  });

  it('still decides at the last pair', () => {
    expect(judge(describePairs(600, 0.05))).toBe('promoted');
    expect(judge(describePairs(600, -0.05))).toBe('retired');
  });

  it('is open before the first pair', () => {
    expect(judge(noPairs)).toBe('open');
  });

  it('prefers promotion where both bounds lie between 0 and the least gain', () => {
    expect(judge(describePairs(100, 0.1), { minimumGain: 0.2 })).toBe('promoted');
  });

  it.each([
    [{ alpha: 0 }, 'Expected alpha to be a number in (0, 0.5), received 0.'],
    [{ alpha: 0.5 }, 'Expected alpha to be a number in (0, 0.5), received 0.5.'],
    [{ alpha: Number.NaN }, 'Expected alpha to be a number in (0, 0.5), received NaN.'],
    [{ minimumGain: -0.01 }, 'Expected minimumGain to be a finite number >= 0, received -0.01.'],
    [{ minimumGain: Number.POSITIVE_INFINITY }, 'Expected minimumGain to be a finite number >= 0, received Infinity.'],
    [{ maximumPairs: 0 }, 'Expected maximumPairs to be an integer >= 1, received 0.'],
    [{ maximumPairs: 1.5 }, 'Expected maximumPairs to be an integer >= 1, received 1.5.'],
    [{ standardDeviation: 0 }, 'Expected standardDeviation to be a finite number > 0, received 0.'],
    [
      { standardDeviation: Number.POSITIVE_INFINITY },
      'Expected standardDeviation to be a finite number > 0, received Infinity.',
    ],
  ])('refuses %j', (options, message) => {
    for (const call of [judge, computeBounds]) {
      expect(() => call(noPairs, options)).toThrow(InvalidArgumentError);
      expect(() => call(noPairs, options)).toThrow(message);
    }
  });

  it.each([
    [{ pairs: -1, sum: 0, squares: 0 }, 'Expected statistics.pairs to be an integer >= 0, received -1.'],
    [{ pairs: 1, sum: Number.NaN, squares: 0 }, 'Expected statistics.sum to be a finite number, received NaN.'],
    [{ pairs: 1, sum: 0, squares: -1 }, 'Expected statistics.squares to be a finite number >= 0, received -1.'],
  ])('refuses statistics that are none: %j', (statistics, message) => {
    for (const call of [() => judge(statistics), () => addPair(statistics, 0)]) {
      expect(call).toThrow(InvalidArgumentError);
      expect(call).toThrow(message);
    }
  });
});
