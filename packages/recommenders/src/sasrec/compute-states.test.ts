import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeStates } from './compute-states.ts';
import { createSasrecParameters, type SasrecSizes } from './sasrec-parameters.ts';

const sizes: SasrecSizes = { items: 9, maximumLength: 5, dimensions: 8, blocks: 2, heads: 2 };
const random = createRandomStream('states');
const parameters = createSasrecParameters(sizes, (_, [rows, columns = 1]) =>
  Float32Array.from({ length: rows * columns }, () => 0.5 * random.normal()),
);

describe('computeStates', () => {
  it('is the network of the paper, worked by hand for one item', () => {
    const small: SasrecSizes = { items: 2, maximumLength: 2, dimensions: 2, blocks: 1, heads: 1 };
    const arrays: Readonly<Record<string, readonly number[]>> = {
      items: [9, 9, 2, 0],
      positions: [9, 5, 1, 1],
      'blocks.0.attentionScale': [1, 1],
      'blocks.0.attentionShift': [0, 0],
      'blocks.0.query': [1, 0, 0, 1],
      'blocks.0.key': [1, 0, 0, 1],
      'blocks.0.value': [1, 2, 3, 4],
      'blocks.0.networkScale': [1, 1],
      'blocks.0.networkShift': [0, 0],
      'blocks.0.inner': [1, 0, 0, 1],
      'blocks.0.innerBias': [0.5, 0.5],
      'blocks.0.outer': [2, 4, 1, 1],
      'blocks.0.outerBias': [0, 1],
      scale: [2, 3],
      shift: [10, 20],
    };
    const tiny = createSasrecParameters(small, (name) => Float32Array.from(arrays[name]!));
    // Item 1 at the last position: (2, 0) + (1, 1) = (3, 1). Normalised: (1, -1). Alone, the attention gives its value:
    // (1 - 3, 2 - 4) = (-2, -2); sum (1, -1). Normalised: (1, -1). Inner: (1.5, -0.5), after ReLU (1.5, 0). Outer:
    // (3, 6 + 1) = (3, 7); sum (4, 6). Normalised: (-1, 1); scaled and shifted: (8, 23).
    const state = computeStates(small, tiny, Int32Array.of(1));
    expect(state[0]).toBeCloseTo(8, 3);
    expect(state[1]).toBeCloseTo(23, 3);
  });

  it('does not let a later item change an earlier state', () => {
    const before = computeStates(sizes, parameters, Int32Array.of(1, 2, 3, 4));
    const after = computeStates(sizes, parameters, Int32Array.of(1, 2, 3, 8));
    expect(after.subarray(0, 24)).toEqual(before.subarray(0, 24));
    expect(after.subarray(24)).not.toEqual(before.subarray(24));
  });

  it('depends on the order of the items', () => {
    const last = (history: readonly number[]): Float32Array =>
      computeStates(sizes, parameters, Int32Array.from(history)).slice(-8);
    expect(last([1, 2, 3])).not.toEqual(last([2, 1, 3]));
  });

  it('takes the newest items where there are too many, and none where there are none', () => {
    const all = Int32Array.of(8, 7, 1, 2, 3, 4, 5);
    expect(computeStates(sizes, parameters, all)).toEqual(computeStates(sizes, parameters, all.subarray(2)));
    expect(computeStates(sizes, parameters, all).length).toBe(5 * 8);
    expect(computeStates(sizes, parameters, new Int32Array(0)).length).toBe(0);
  });
});
