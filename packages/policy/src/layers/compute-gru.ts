import { addProduct } from './add-product.ts';
import { computeOutputSize, type StoredGruLayer } from './stored-layer.ts';

/**
 * Rows `[batch, inputs]` through a gated recurrent unit, `Float32Array [batch, inputs - steps size + hidden]`: what stands
 * before the sequence, what stands after it, the last state. Sums and states are float64.
 */
export function computeGru(layer: StoredGruLayer, weights: Float32Array, input: Float32Array): Float32Array {
  const { inputs, offset, steps, size, hidden } = layer;
  const read = (start: number, length: number): Float32Array => weights.subarray(start, start + length);
  const kernel = read(layer.kernel, size * 3 * hidden);
  const recurrentKernel = read(layer.recurrentKernel, hidden * 3 * hidden);
  const bias = read(layer.bias, 3 * hidden);
  const recurrentBias = read(layer.recurrentBias, 3 * hidden);
  const outputs = computeOutputSize(layer);
  const end = offset + steps * size;
  const batchSize = input.length / inputs;
  const result = new Float32Array(batchSize * outputs);
  const fromInput = new Float64Array(3 * hidden);
  const fromState = new Float64Array(3 * hidden);
  const state = new Float64Array(hidden);
  for (let row = 0; row < batchSize; row++) {
    const start = row * inputs;
    state.fill(0);
    for (let step = 0; step < steps; step++) {
      fromInput.set(bias);
      addProduct(fromInput, input, start + offset + step * size, size, kernel);
      fromState.set(recurrentBias);
      addProduct(fromState, state, 0, hidden, recurrentKernel);
      for (let unit = 0; unit < hidden; unit++) {
        const reset = computeSigmoid(fromInput[unit]! + fromState[unit]!);
        const update = computeSigmoid(fromInput[hidden + unit]! + fromState[hidden + unit]!);
        const next = Math.tanh(fromInput[2 * hidden + unit]! + reset * fromState[2 * hidden + unit]!);
        state[unit] = (1 - update) * next + update * state[unit]!;
      }
    }
    const first = row * outputs;
    result.set(input.subarray(start, start + offset), first);
    result.set(input.subarray(start + end, start + inputs), first + offset);
    result.set(state, first + outputs - hidden);
  }
  return result;
}

function computeSigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
