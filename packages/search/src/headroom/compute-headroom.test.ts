import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeHeadroom } from './compute-headroom.ts';

describe('computeHeadroom', () => {
  const values = (mean: number, spread: number, seed: number) => {
    const random = createRandomStream(seed);
    return Float64Array.from({ length: 500 }, () => mean + spread * random.normal());
  };
  const fixed = new Float64Array(500).fill(0.5);

  it.each([
    ['pays', 0.06, 0.1, 0.005],
    ['undecided', 0.01, 0.3, 0.005],
    ['too-small', 0.002, 0.02, 0.005],
    ['too-small', -0.05, 0.1, 0.6],
  ] as const)('is %s for a gain of %f with spread %f and interaction p %f', (verdict, gain, spread, interactionP) => {
    const headroom = computeHeadroom({
      oracle: values(0.5 + gain, spread, 1),
      fixed,
      interactionP,
      random: createRandomStream(2),
    });
    expect(headroom.verdict).toBe(verdict);
    expect(headroom.usersToDecide !== undefined).toBe(verdict === 'undecided');
    if (headroom.usersToDecide !== undefined) expect(headroom.usersToDecide).toBeGreaterThan(500);
  });

  it('asks for answers, not users, where only the interaction test is missing', () => {
    const headroom = computeHeadroom({
      oracle: values(0.56, 0.1, 1),
      fixed,
      interactionP: 0.4,
      random: createRandomStream(2),
    });
    expect(headroom).toMatchObject({ verdict: 'undecided' });
    expect(headroom.usersToDecide).toBeUndefined();
  });

  it('uses the bootstrap interval of the paired differences', () => {
    const oracle = values(0.6, 0.1, 3);
    const headroom = computeHeadroom({ oracle, fixed, interactionP: 0.01, random: createRandomStream(2) });
    const { low, high } = bootstrapMeanInterval(
      oracle.map((value) => value - 0.5),
      { random: createRandomStream(2) },
    );
    expect([headroom.low, headroom.high]).toEqual([low, high]);
  });

  it('refuses a margin or a p-value that is none', () => {
    const base = { oracle: [1, 2], fixed: [1, 1], interactionP: 0.5, random: createRandomStream(1) };
    expect(() => computeHeadroom({ ...base, margin: 0 })).toThrow('Expected margin to be a positive number');
    expect(() => computeHeadroom({ ...base, interactionP: Number.NaN })).toThrow(
      'interactionP to be a number in [0, 1]',
    );
  });

  it('refuses users that do not pair', () => {
    expect(() =>
      computeHeadroom({ oracle: [1, 2], fixed: [1], interactionP: 1, random: createRandomStream(1) }),
    ).toThrow();
  });
});
