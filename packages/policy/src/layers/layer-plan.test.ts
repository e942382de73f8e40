import { describe, expect, it } from 'vitest';
import { planLayers, runLayers } from './layer-plan.ts';
import type { StoredLayer } from './stored-layer.ts';

const dense = (weights: number, activation: 'square' | 'none' = 'none'): StoredLayer => ({
  kind: 'dense',
  inputs: 1,
  outputs: 1,
  activation,
  weights,
  bias: 0,
});
// x, 2 x, 3 x, 5 x.
const weights = Float32Array.of(0, 1, 2, 3, 5);

describe('planLayers', () => {
  it('runs layers with which several networks begin once', () => {
    const plan = planLayers([[dense(2), dense(3)], [dense(2), dense(4)], [dense(2), dense(3)], [dense(4)]]);
    expect(plan.steps).toEqual([
      { layer: dense(2), from: 0 },
      { layer: dense(3), from: 1 },
      { layer: dense(4), from: 1 },
      { layer: dense(4), from: 0 },
    ]);
    expect(plan.ends).toEqual([2, 3, 2, 4]);
    expect(runLayers(plan, weights, Float32Array.of(1, 10)).map((values) => [...values])).toEqual([
      [6, 60],
      [10, 100],
      [6, 60],
      [5, 50],
    ]);
  });

  it('keeps apart what differs in any field, and a layer behind another', () => {
    const plan = planLayers([[dense(2)], [dense(2, 'square')], [dense(2), dense(2)]]);
    expect(runLayers(plan, weights, Float32Array.of(3)).map(([value]) => value)).toEqual([6, 36, 12]);
  });
});
