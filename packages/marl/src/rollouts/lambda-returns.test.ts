import { describe, expect, it } from 'vitest';
import { computeLambdaReturns, listOpenEnds } from './lambda-returns.ts';

const nan = Number.NaN;

/** Three steps of one episode that terminates at the end, unless `changed` says otherwise. */
const createRollout = (changed: Partial<Parameters<typeof computeLambdaReturns>[0]> = {}) => ({
  batchSize: 1,
  rewards: Float32Array.of(1, 2, 4),
  values: Float32Array.of(10, 20, 40),
  endValues: Float32Array.of(nan, nan, nan),
  terminated: Uint8Array.of(0, 0, 1),
  truncated: Uint8Array.of(0, 0, 0),
  usable: Uint8Array.of(1, 1, 1),
  ...changed,
});
const compute = (changed: Parameters<typeof createRollout>[0], lambda: number, discount = 0.5): number[] => [
  ...computeLambdaReturns(createRollout(changed), { discount, lambda }),
];

describe('computeLambdaReturns', () => {
  it('gives one-step targets for lambda 0 and discounted returns for lambda 1', () => {
    // 1 + 0.5 · 20, 2 + 0.5 · 40, 4
    expect(compute({}, 0)).toEqual([11, 22, 4]);
    // 1 + 0.5 · 2 + 0.25 · 4, 2 + 0.5 · 4, 4
    expect(compute({}, 1)).toEqual([3, 4, 4]);
  });

  it('mixes the n-step returns between', () => {
    // Step 1: 0.75 · (2 + 20) + 0.25 · (2 + 2) = 17.5.
    // Step 0, by the sum: 0.75 · (1 + 10) + 0.75 · 0.25 · (1 + 1 + 10) + 0.0625 · (1 + 1 + 1) = 10.6875.
    expect(compute({}, 0.25)).toEqual([10.6875, 17.5, 4]);
  });

  it('takes the end value after a truncated step, and after the last one of an episode that runs on', () => {
    const truncated = { terminated: new Uint8Array(3), truncated: Uint8Array.of(0, 0, 1) };
    const endValues = Float32Array.of(nan, nan, 6);
    // 4 + 0.5 · 6 = 7; 2 + 0.5 · 7 = 5.5; 1 + 0.5 · 5.5 = 3.75
    expect(compute({ ...truncated, endValues }, 1)).toEqual([3.75, 5.5, 7]);
    expect(compute({ terminated: new Uint8Array(3), endValues }, 1)).toEqual([3.75, 5.5, 7]);
    // One-step targets elsewhere stay.
    expect(compute({ ...truncated, endValues }, 0)).toEqual([11, 22, 7]);
    // Truncated in the first step: what follows is of another episode. 1 + 0.5 · 8 = 5, 2 + 0.5 · 4 = 4.
    expect(compute({ truncated: Uint8Array.of(1, 0, 0), endValues: Float32Array.of(8, nan, nan) }, 1)).toEqual([
      5, 4, 4,
    ]);
  });

  it('takes the end value before a step without a reward, which may hold NaN and is left out', () => {
    const failed = {
      rewards: Float32Array.of(1, nan, 4),
      values: Float32Array.of(10, nan, 40),
      endValues: Float32Array.of(6, nan, nan),
      usable: Uint8Array.of(1, 0, 1),
    };
    expect(compute(failed, 1)).toEqual([4, 0, 4]);
  });

  it('keeps the episodes of a batch apart', () => {
    // Row 0 terminates in step 0; row 1 runs to step 1.
    const rollout = {
      batchSize: 2,
      rewards: Float32Array.of(1, 2, nan, 4),
      values: Float32Array.of(10, 20, nan, 40),
      endValues: new Float32Array(4).fill(nan),
      terminated: Uint8Array.of(1, 0, 0, 1),
      truncated: new Uint8Array(4),
      usable: Uint8Array.of(1, 1, 0, 1),
    };
    expect([...computeLambdaReturns(rollout, { discount: 0.5, lambda: 0.5 })]).toEqual([
      1,
      2 + 0.5 * (0.5 * 40 + 0.5 * 4),
      0,
      4,
    ]);
  });
});

describe('listOpenEnds', () => {
  it('names the usable rows that neither terminated nor run on', () => {
    const flags = { batchSize: 3, terminated: new Uint8Array(6), truncated: new Uint8Array(6) };
    // Row 0 fails in step 1, row 1 terminates in step 0, row 2 runs on.
    flags.terminated[1] = 1;
    expect(listOpenEnds({ ...flags, usable: Uint8Array.of(1, 1, 1, 0, 0, 1) })).toEqual([0, 5]);
    // The same where row 2 is truncated in step 1; in step 0, the row after it is of another episode.
    const listTruncated = (row: number): readonly number[] => {
      const truncated = new Uint8Array(6);
      truncated[row] = 1;
      return listOpenEnds({ ...flags, truncated, usable: Uint8Array.of(1, 1, 1, 0, 0, 1) });
    };
    expect(listTruncated(5)).toEqual([0, 5]);
    expect(listTruncated(2)).toEqual([0, 2, 5]);
  });
});
