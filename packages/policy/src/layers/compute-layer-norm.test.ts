import { describe, expect, it } from 'vitest';
import type { Activation } from '../agent-layers.ts';
import { computeLayerNorm } from './compute-layer-norm.ts';

/** Gain 1, 2, 3, 4 and shift 0, 1/2, -1, 1, behind two floats of something else. */
const weights = Float32Array.of(100, 200, 1, 2, 3, 4, 0, 0.5, -1, 1);

function compute(activation: Activation, rows: readonly number[], epsilon = 0.5): readonly number[] {
  const layer = { kind: 'layer-norm', size: 4, activation, epsilon, gain: 2, shift: 6 } as const;
  return [...computeLayerNorm(layer, weights, Float32Array.from(rows))];
}

describe('computeLayerNorm', () => {
  // 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5, and sqrt(3.5 + 0.5) = 2; so -1, -1/2, 0, 3/2.
  const row = [1, 2, 3, 6];
  const normed = [-1, -0.5, -1, 7];

  it('divides by the root of variance and epsilon, then scales and shifts', () => {
    expect(compute('none', row)).toEqual(normed);
  });

  it('leaves the shift of a row of equal values', () => {
    expect(compute('none', [5, 5, 5, 5])).toEqual([0, 0.5, -1, 1]);
  });

  it('takes each row by itself', () => {
    expect(compute('none', [...row, 5, 5, 5, 5, ...row])).toEqual([...normed, 0, 0.5, -1, 1, ...normed]);
  });

  it('uses the epsilon of its layer', () => {
    // sqrt(3.5 + 12.5) = 4.
    expect(compute('none', row, 12.5)).toEqual([-0.5, 0, -1, 4]);
  });

  it('ends with its activation', () => {
    expect(compute('relu', row)).toEqual([0, 0, 0, 7]);
    expect(compute('square', row)).toEqual([1, 0.25, 1, 49]);
    for (const [index, value] of compute('tanh', row).entries())
      expect(value).toBeCloseTo(Math.tanh(normed[index]!), 6);
  });
});
