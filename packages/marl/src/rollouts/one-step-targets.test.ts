import { expect, it } from 'vitest';
import { computeOneStepTargets } from './one-step-targets.ts';

it('computeOneStepTargets adds what follows, unless the step terminated', () => {
  const rows = { rewards: Float32Array.of(1, 1, -2), terminated: Uint8Array.of(0, 1, 0) };
  // 1 + 0.5 x 8; the reward alone, whatever the next value; -2 + 0.5 x -4.
  expect(computeOneStepTargets(rows, Float32Array.of(8, Number.NaN, -4), 0.5)).toEqual(Float32Array.of(5, 1, -4));
});
