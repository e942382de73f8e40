import type { PolicyProblem } from '../policy-problem.ts';
import type { StoredLayer } from './stored-layer.ts';

/**
 * The first contradiction between a layer, a row of `width` floats that it is to read, and the number of weights, or
 * undefined. `place` names the layer in the answer.
 */
export function findLayerProblem(
  layer: StoredLayer,
  place: string,
  width: number,
  weightCount: number,
): PolicyProblem | undefined {
  const { sizes, inputs, arrays } = describeLayer(layer);
  for (const [field, size] of Object.entries(sizes)) {
    if (!(Number.isSafeInteger(size) && size > 0))
      return { expected: `${field} of ${place} to be a positive integer`, received: size };
  }
  if (sizes[inputs] !== width)
    return { expected: `${inputs} of ${place} to be ${width}, the size of what it reads`, received: sizes[inputs] };
  const problem = findFieldProblem(layer, place);
  if (problem !== undefined) return problem;
  for (const [field, [offset, length]] of Object.entries(arrays)) {
    const end = offset + length;
    if (end > weightCount)
      return { expected: `at least ${end} weights for ${field} of ${place}`, received: weightCount };
  }
  return undefined;
}

function findFieldProblem(layer: StoredLayer, place: string): PolicyProblem | undefined {
  if (layer.kind === 'layer-norm' && !(layer.epsilon > 0 && Number.isFinite(layer.epsilon)))
    return { expected: `epsilon of ${place} to be finite and above 0`, received: layer.epsilon };
  if (layer.kind !== 'gru') return undefined;
  const { inputs, offset, steps, size } = layer;
  if (!(Number.isSafeInteger(offset) && offset >= 0))
    return { expected: `offset of ${place} to be a non-negative integer`, received: offset };
  const end = offset + steps * size;
  if (end > inputs)
    return { expected: `offset + steps x size of ${place} to be at most its ${inputs} inputs`, received: end };
  return undefined;
}

/** By field: what must be positive, and offset and length of every array; `inputs` names the size of a row that comes in. */
function describeLayer(layer: StoredLayer): {
  readonly sizes: Readonly<Record<string, number>>;
  readonly inputs: string;
  readonly arrays: Readonly<Record<string, readonly [number, number]>>;
} {
  switch (layer.kind) {
    case 'dense': {
      const { inputs, outputs, weights, bias } = layer;
      return {
        sizes: { inputs, outputs },
        inputs: 'inputs',
        arrays: { weights: [weights, inputs * outputs], bias: [bias, outputs] },
      };
    }
    case 'layer-norm': {
      const { size, gain, shift } = layer;
      return { sizes: { size }, inputs: 'size', arrays: { gain: [gain, size], shift: [shift, size] } };
    }
    case 'gru': {
      const { inputs, steps, size, hidden, kernel, recurrentKernel, bias, recurrentBias } = layer;
      const width = 3 * hidden;
      return {
        sizes: { inputs, steps, size, hidden },
        inputs: 'inputs',
        arrays: {
          kernel: [kernel, size * width],
          recurrentKernel: [recurrentKernel, hidden * width],
          bias: [bias, width],
          recurrentBias: [recurrentBias, width],
        },
      };
    }
  }
}
