import { describe, expect, it } from 'vitest';
import { computeAdvantages, computeExplainedVariance, normalizeAdvantages } from './advantages.ts';

/** One row, `steps` long, running on after its last step. */
const running = (rewards: number[], values: number[], nextValues: number[]) => ({
  batchSize: 1,
  rewards: Float32Array.from(rewards),
  values: Float32Array.from(values),
  nextValues: Float32Array.from(nextValues),
  terminated: new Uint8Array(rewards.length),
  truncated: new Uint8Array(rewards.length),
  usable: new Uint8Array(rewards.length).fill(1),
});
const rounded = (values: Float32Array): number[] => [...values].map((value) => Math.round(value * 1e5) / 1e5);

describe('computeAdvantages', () => {
  it('with lambda 0 is r + gamma V(s) after - V(s) before, not the reverse (method defect 3)', () => {
    // 1 + 0.5 x 4 - 3 = 0 and 2 + 0.5 x 8 - 4 = 2. The reversed error gamma V(s) + r - V(s') would give -1.5 and -4.
    const { advantages, returns } = computeAdvantages(running([1, 2], [3, 4], [4, 8]), { discount: 0.5, gaeLambda: 0 });
    expect(rounded(advantages)).toEqual([0, 2]);
    expect(rounded(returns)).toEqual([3, 6]);
  });

  it('with lambda 1 is the discounted return minus V(s)', () => {
    // 1 + 0.5 x 2 + 0.25 x 8 = 4, minus 3; the second step as above.
    const { advantages, returns } = computeAdvantages(running([1, 2], [3, 4], [4, 8]), { discount: 0.5, gaeLambda: 1 });
    expect(rounded(advantages)).toEqual([1, 2]);
    expect(rounded(returns)).toEqual([4, 6]);
  });

  it('bootstraps after truncation and not after termination, and crosses neither', () => {
    // Two rows and two steps; the second step belongs to other episodes: its advantage 100 must not flow back.
    const rollout = {
      batchSize: 2,
      rewards: Float32Array.of(1, 1, 100, 100),
      values: Float32Array.of(2, 2, 0, 0),
      nextValues: Float32Array.of(10, 10, 0, 0),
      terminated: Uint8Array.of(1, 0, 1, 1),
      truncated: Uint8Array.of(0, 1, 0, 0),
      usable: Uint8Array.of(1, 1, 1, 1),
    };
    const { advantages } = computeAdvantages(rollout, { discount: 0.5, gaeLambda: 1 });
    // Terminated: 1 - 2. Truncated: 1 + 0.5 x 10 - 2.
    expect(rounded(advantages)).toEqual([-1, 4, 100, 100]);
  });

  it('leaves out steps without a reward and bootstraps before them', () => {
    const rollout = { ...running([1, 1000], [2, 4], [4, 8]), usable: Uint8Array.of(1, 0) };
    const { advantages, returns } = computeAdvantages(rollout, { discount: 0.5, gaeLambda: 1 });
    // 1 + 0.5 x 4 - 2 = 1.
    expect(rounded(advantages)).toEqual([1, 0]);
    expect(rounded(returns)).toEqual([3, 0]);
  });

  it('keeps a reward per row (method defect 4)', () => {
    const rollout = { ...running([1, 5], [0, 0], [0, 0]), batchSize: 2, terminated: Uint8Array.of(1, 1) };
    expect(rounded(computeAdvantages(rollout, { discount: 0.9, gaeLambda: 1 }).advantages)).toEqual([1, 5]);
  });
});

describe('normalizeAdvantages', () => {
  it('gives mean 0 and standard deviation 1, and 0 for equal values', () => {
    // Mean 5, population standard deviation 2.
    expect(rounded(normalizeAdvantages(Float32Array.of(3, 3, 7, 7)))).toEqual([-1, -1, 1, 1]);
    expect([...normalizeAdvantages(Float32Array.of(7, 7))]).toEqual([0, 0]);
  });
});

describe('computeExplainedVariance', () => {
  it('is 1 for a perfect critic, 0 for a constant one and NaN where nothing varies', () => {
    const returns = Float32Array.of(1, 2, 3);
    expect(computeExplainedVariance(returns, returns)).toBe(1);
    expect(computeExplainedVariance(Float32Array.of(9, 9, 9), returns)).toBe(0);
    // Residuals 0, 0, 1: variance 2/9 against 2/3.
    expect(computeExplainedVariance(Float32Array.of(1, 2, 2), returns)).toBeCloseTo(2 / 3, 6);
    expect(computeExplainedVariance(returns, Float32Array.of(4, 4, 4))).toBeNaN();
  });
});
