import { addProduct } from './add-product.ts';
import { applyActivation } from './apply-activation.ts';
import type { StoredDenseLayer } from './stored-layer.ts';

/** Rows `[batch, inputs]` through a fully connected layer, `Float32Array [batch, outputs]`; sums are float64. */
export function computeDense(layer: StoredDenseLayer, weights: Float32Array, input: Float32Array): Float32Array {
  const { inputs, outputs, activation } = layer;
  const kernel = weights.subarray(layer.weights, layer.weights + inputs * outputs);
  const bias = weights.subarray(layer.bias, layer.bias + outputs);
  const batchSize = input.length / inputs;
  const result = new Float32Array(batchSize * outputs);
  const sums = new Float64Array(outputs);
  for (let row = 0; row < batchSize; row++) {
    sums.set(bias);
    addProduct(sums, input, row * inputs, inputs, kernel);
    for (let to = 0; to < outputs; to++) result[row * outputs + to] = applyActivation(activation, sums[to]!);
  }
  return result;
}
