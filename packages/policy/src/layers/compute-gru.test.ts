import { describe, expect, it } from 'vitest';
// Written by golden/gru.py, an independent NumPy implementation.
import golden from '../../golden/gru.json' with { type: 'json' };
import type { GruLayer } from '../agent-layers.ts';
import { createWeightStore } from '../weight-store.ts';
import { computeGru } from './compute-gru.ts';
import { storeLayer } from './store-layer.ts';
import type { StoredGruLayer } from './stored-layer.ts';

function compute(layer: GruLayer, rows: readonly number[]): readonly number[] {
  const weights = createWeightStore();
  // So that offsets are not 0 by chance.
  weights.store('other', Float32Array.of(100, 200, 300), 3);
  const stored = storeLayer(layer, 'role', weights) as StoredGruLayer;
  return [...computeGru(stored, weights.concat(), Float32Array.from(rows))];
}

describe('computeGru', () => {
  it.each(golden.cases)('gives what NumPy gives for $sizes', ({ sizes, arrays, rows, output }) => {
    const computed = compute(
      {
        kind: 'gru',
        ...sizes,
        kernel: Float32Array.from(arrays.kernel),
        recurrentKernel: Float32Array.from(arrays.recurrentKernel),
        bias: Float32Array.from(arrays.bias),
        recurrentBias: Float32Array.from(arrays.recurrentBias),
      },
      rows,
    );
    expect(computed.length).toBe(output.length);
    expect(output.length).toBe(golden.batchSize * (sizes.inputs - sizes.steps * sizes.size + sizes.hidden));
    for (const [index, value] of output.entries()) expect(computed[index], `value ${index}`).toBeCloseTo(value, 6);
  });

  it('keeps what stands around the sequence, and starts each row anew', () => {
    const ln3 = Math.log(3);
    const layer: GruLayer = {
      kind: 'gru',
      inputs: 5,
      offset: 1,
      steps: 2,
      size: 1,
      hidden: 1,
      kernel: Float32Array.of(ln3, -ln3, 0.5),
      recurrentKernel: Float32Array.of(0, 0, 2),
      bias: new Float32Array(3),
      recurrentBias: Float32Array.of(0, ln3, 1),
    };
    // x = 1, h = 0: r = sigmoid(ln 3) = 3/4, z = sigmoid(-ln 3 + ln 3) = 1/2, n = tanh(1/2 + 3/4 (0 + 1)).
    const first = Math.tanh(1.25) / 2;
    // x = 0: r = sigmoid(0) = 1/2, z = sigmoid(ln 3) = 3/4, n = tanh(0 + 1/2 (2 h + 1)).
    const afterZero = (h: number): number => Math.tanh(h + 0.5) / 4 + (3 / 4) * h;
    const computed = compute(layer, [7, 1, 0, 8, 9, 4, 0, 0, 5, 6]);
    const expected = [7, 8, 9, afterZero(first), 4, 5, 6, afterZero(afterZero(0))];
    expect(computed.length).toBe(expected.length);
    for (const [index, value] of expected.entries()) expect(computed[index]).toBeCloseTo(value, 6);
  });

  it('stays finite where gates are saturated', () => {
    const layer: GruLayer = {
      kind: 'gru',
      inputs: 1,
      offset: 0,
      steps: 1,
      size: 1,
      hidden: 1,
      kernel: Float32Array.of(1e6, -1e6, 1e6),
      recurrentKernel: new Float32Array(3),
      bias: new Float32Array(3),
      recurrentBias: Float32Array.of(0, 0, 1),
    };
    // Row 1: r = 1, z = 0, n = tanh(10^9 + 1) = 1. Row -1: r = 0, z = 1, h stays 0.
    expect(compute(layer, [1000, -1000])).toEqual([1, 0]);
  });
});
