import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { computeStates } from '../sasrec/compute-states.ts';
import { createSasrecParameters } from '../sasrec/sasrec-parameters.ts';
import { computeUserStates } from './compute-user-states.ts';
import { SasrecNetwork } from './sasrec-network.ts';

const sizes = { items: 9, maximumLength: 5, dimensions: 8, blocks: 2, heads: 2 };

/** A network whose numbers, also scales and biases, are all different. */
function createNetwork(): SasrecNetwork {
  const network = new SasrecNetwork(sizes, createRandomStream('network'));
  const random = createRandomStream('parameters');
  for (const variable of network.variables) {
    const values = Float32Array.from({ length: variable.size }, () => 0.7 * random.normal());
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
  return network;
}

describe.each(['cpu', 'wasm'] as const)('SasrecNetwork on %s', (backend) => {
  it('computes what serving computes, whatever the padding', async () => {
    await selectBackend([backend]);
    const network = createNetwork();
    const arrays = network.exportArrays();
    const parameters = createSasrecParameters(sizes, (name) => arrays[name]!);
    const inputs = Int32Array.of(-1, -1, 3, 8, 1, 0, 2, 4, 6, 5, -1, -1, -1, -1, 7);
    const states = tf.tidy(() => network.computeStates(inputs).dataSync<'float32'>());
    for (const [sequence, history] of [[3, 8, 1], [0, 2, 4, 6, 5], [7]].entries()) {
      const expected = computeStates(sizes, parameters, Int32Array.from(history));
      const end = (sequence + 1) * 5 * 8;
      const own = states.subarray(end - expected.length, end);
      for (const [index, value] of own.entries()) expect(value).toBeCloseTo(expected[index]!, 4);
    }
    const { starts, item } = { starts: Int32Array.of(0, 3, 3, 10), item: Int32Array.of(3, 8, 1, 7, 3, 0, 2, 4, 6, 5) };
    const userStates = computeUserStates(network, { users: ['a', 'b', 'c'], starts, item }, sizes, 2);
    expect([...userStates.subarray(8, 16)]).toEqual(new Array(8).fill(0));
    for (let column = 0; column < 8; column++) {
      expect(userStates[column]).toBeCloseTo(states[4 * 8 + column]!, 4);
      expect(userStates[16 + column]).toBeCloseTo(states[9 * 8 + column]!, 4);
    }
    network.dispose();
  });
});

it('starts from the initial values that are documented', () => {
  const network = new SasrecNetwork({ ...sizes, items: 2000 }, createRandomStream(1));
  const { items, scale, shift, 'blocks.1.query': query, 'blocks.0.innerBias': bias } = network.exportArrays();
  const deviation = Math.sqrt(items!.reduce((sum, value) => sum + value ** 2, 0) / items!.length);
  expect(deviation).toBeCloseTo(0.02, 3);
  expect(new Set([...scale!, ...network.exportArrays()['blocks.0.networkScale']!])).toEqual(new Set([1]));
  expect(new Set([...shift!, ...bias!])).toEqual(new Set([0]));
  const bound = Math.sqrt(6 / 16);
  expect(Math.max(...query!)).toBeLessThanOrEqual(bound);
  expect(Math.max(...query!)).toBeGreaterThan(0.8 * bound);
  expect(Math.min(...query!)).toBeLessThan(-0.8 * bound);
  network.dispose();
});

it('applies the masks of dropout at the embeddings and at both residual branches of a block', () => {
  const network = createNetwork();
  const inputs = Int32Array.of(0, 2, 4, 6, 5);
  let masks = 0;
  const ones = (size: number): Float32Array => {
    masks++;
    return new Float32Array(size).fill(1);
  };
  const compute = (mask?: (size: number) => Float32Array): number[] =>
    tf.tidy(() => [...network.computeStates(inputs, mask).dataSync()]);
  expect(compute(ones)).toEqual(compute());
  expect(masks).toBe(5);
  // Nothing left of any branch: the last normalisation sees zeros, so that its shift remains.
  const nothing = compute((size) => new Float32Array(size));
  const { shift } = network.exportArrays();
  expect(nothing.slice(-8)).toEqual([...shift!]);
  network.dispose();
});
