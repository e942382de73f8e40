import { computeDense } from './compute-dense.ts';
import { computeGru } from './compute-gru.ts';
import { computeLayerNorm } from './compute-layer-norm.ts';
import type { StoredLayer } from './stored-layer.ts';

/** Which layers run in which order. Networks that begin alike, down to where their weights lie, share these steps. */
export interface LayerPlan {
  /** `from` is the values that the layer reads: 0 for the observations, i for what step i - 1 gave. */
  readonly steps: readonly { readonly layer: StoredLayer; readonly from: number }[];
  /** The values in which each of the networks ends, numbered alike. */
  readonly ends: readonly number[];
}

/** Joins networks, each a list of layers, into one plan. */
export function planLayers(networks: readonly (readonly StoredLayer[])[]): LayerPlan {
  const steps: { readonly layer: StoredLayer; readonly from: number }[] = [];
  const known = new Map<string, number>();
  const ends = networks.map((layers) =>
    layers.reduce((from, layer) => {
      const key = `${from} ${JSON.stringify(layer)}`;
      const shared = known.get(key);
      if (shared !== undefined) return shared;
      const values = steps.push({ layer, from });
      known.set(key, values);
      return values;
    }, 0),
  );
  return { steps, ends };
}

/** What each network makes of rows `[batch, observationSize]`; networks that are the same share their array. */
export function runLayers(plan: LayerPlan, weights: Float32Array, observations: Float32Array): readonly Float32Array[] {
  const values = [observations];
  for (const { layer, from } of plan.steps) values.push(computeLayer(layer, weights, values[from]!));
  return plan.ends.map((end) => values[end]!);
}

function computeLayer(layer: StoredLayer, weights: Float32Array, input: Float32Array): Float32Array {
  switch (layer.kind) {
    case 'dense':
      return computeDense(layer, weights, input);
    case 'layer-norm':
      return computeLayerNorm(layer, weights, input);
    case 'gru':
      return computeGru(layer, weights, input);
  }
}
