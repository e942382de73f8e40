import { applyActivation } from './apply-activation.ts';
import type { StoredLayerNormLayer } from './stored-layer.ts';

/**
 * Rows `[batch, size]` through a layer normalisation, `Float32Array [batch, size]`; mean and variance (the mean of squared
 * deviations) of each row are float64.
 */
export function computeLayerNorm(
  layer: StoredLayerNormLayer,
  weights: Float32Array,
  input: Float32Array,
): Float32Array {
  const { size, activation, epsilon, gain, shift } = layer;
  const result = new Float32Array(input.length);
  for (let start = 0; start < input.length; start += size) {
    let sum = 0;
    for (let index = 0; index < size; index++) sum += input[start + index]!;
    const mean = sum / size;
    let squares = 0;
    for (let index = 0; index < size; index++) squares += (input[start + index]! - mean) ** 2;
    const scale = 1 / Math.sqrt(squares / size + epsilon);
    for (let index = 0; index < size; index++) {
      const normed = (input[start + index]! - mean) * scale;
      result[start + index] = applyActivation(activation, weights[gain + index]! * normed + weights[shift + index]!);
    }
  }
  return result;
}
