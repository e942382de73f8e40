import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeGapClosed, computeSeedGains, type SeedGains } from './gap-closed.ts';

const seed: SeedGains = {
  users: 100,
  gain: 0.02,
  headroom: 0.05,
  gainVariance: 0.04,
  headroomVariance: 0,
  covariance: 0,
};

describe('computeSeedGains', () => {
  it('equals moments by hand', () => {
    const own = Float64Array.of(0.5, 0.7, 0.3);
    const fixed = Float64Array.of(0.4, 0.4, 0.4);
    const oracle = Float64Array.of(0.6, 0.8, 0.4);
    // Gains .1, .3, -.1 of mean .1; headrooms .2, .4, 0 of mean .2; deviations 0, .2, -.2 and 0, .2, -.2.
    const { users, ...moments } = computeSeedGains(own, fixed, oracle);
    expect(users).toBe(3);
    const expected = { gain: 0.1, headroom: 0.2, gainVariance: 0.04, headroomVariance: 0.04, covariance: 0.04 };
    for (const [name, value] of Object.entries(expected)) {
      expect(moments[name as keyof typeof moments], name).toBeCloseTo(value, 12);
    }
  });
});

describe('computeGapClosed', () => {
  it('has the interval of a mean where the headroom is known', () => {
    const { share, low, high } = computeGapClosed([seed], createRandomStream(1))!;
    expect(share).toBeCloseTo(0.4, 12);
    // The gain's standard error is .02, which is .4 of the headroom.
    expect(low).toBeCloseTo(0.4 - 1.96 * 0.4, 1);
    expect(high).toBeCloseTo(0.4 + 1.96 * 0.4, 1);
  });

  it('knows that a system which is the oracle closes all of it', () => {
    const same = { ...seed, gain: 0.05, headroomVariance: 0.04, covariance: 0.04 };
    const { share, low, high } = computeGapClosed([same, same], createRandomStream(1))!;
    for (const value of [share, low, high]) expect(value).toBeCloseTo(1, 9);
  });

  it('shows the spread of seeds', () => {
    const sure = { ...seed, gainVariance: 0, users: 5000 };
    const found = computeGapClosed([sure, { ...sure, gain: 0.04 }], createRandomStream(1))!;
    expect([found.share, found.low, found.high].map((value) => Number(value.toFixed(9)))).toEqual([0.6, 0.4, 0.8]);
  });

  it('divides by no gap that may be none', () => {
    expect(computeGapClosed([{ ...seed, headroomVariance: 1 }], createRandomStream(1))).toBeUndefined();
  });
});
