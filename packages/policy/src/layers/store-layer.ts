import type { AgentLayer } from '../agent-layers.ts';
import type { WeightStore } from '../weight-store.ts';
import type { StoredLayer } from './stored-layer.ts';

/**
 * Puts the arrays of a layer into the store. Agents mostly read a sequence through the same gated recurrent unit, which is
 * then stored once. Throws `InvalidArgumentError`, which names `agent` and the array, for an array of another length.
 */
export function storeLayer(layer: AgentLayer, agent: string, { store, share }: WeightStore): StoredLayer {
  switch (layer.kind) {
    case 'dense': {
      const { kind, inputs, outputs, activation, kernel, bias } = layer;
      const weights = store(`${agent}: kernel`, kernel, inputs * outputs);
      return { kind, inputs, outputs, activation, weights, bias: store(`${agent}: bias`, bias, outputs) };
    }
    case 'layer-norm': {
      const { kind, size, activation, epsilon, gain, shift } = layer;
      return {
        kind,
        size,
        activation,
        epsilon,
        gain: store(`${agent}: gain`, gain, size),
        shift: store(`${agent}: shift`, shift, size),
      };
    }
    case 'gru': {
      const { kind, inputs, offset, steps, size, hidden } = layer;
      const width = 3 * hidden;
      return {
        kind,
        inputs,
        offset,
        steps,
        size,
        hidden,
        kernel: share(`${agent}: kernel`, layer.kernel, size * width),
        recurrentKernel: share(`${agent}: recurrentKernel`, layer.recurrentKernel, hidden * width),
        bias: share(`${agent}: bias`, layer.bias, width),
        recurrentBias: share(`${agent}: recurrentBias`, layer.recurrentBias, width),
      };
    }
  }
}
