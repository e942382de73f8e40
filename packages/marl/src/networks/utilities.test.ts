import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveNetworkOptions } from './agent-networks.ts';
import { createUtilities, findGreedyActions, selectUtilities } from './utilities.ts';

beforeAll(() => tf.setBackend('cpu'));

const space = { agents: ['a', 'b'], observationSize: 2, stateSize: 1, actionCounts: { a: 2, b: 3 } };
const createValues = (): tf.Tensor2D[] => [
  tf.tensor2d([
    [1, 2],
    [4, 3],
  ]),
  tf.tensor2d([
    [5, 7, 7],
    [-1, -3, -2],
  ]),
];

describe('utilities', () => {
  it('are nearly 0 at first', () => {
    const utilities = createUtilities(space, resolveNetworkOptions({}), createRandomStream(1));
    tf.tidy(() => {
      const values = utilities.apply(tf.tensor2d([[3, -3]]));
      expect(values.map(({ shape }) => shape)).toEqual([
        [1, 2],
        [1, 3],
      ]);
      for (const tensor of values) for (const value of tensor.dataSync()) expect(Math.abs(value)).toBeLessThan(0.1);
    });
    utilities.dispose();
  });

  it('are selected by a joint action, with a gradient for the selected ones alone', () => {
    tf.tidy(() => {
      const [a, b] = createValues() as [tf.Tensor2D, tf.Tensor2D];
      const actions = { a: Int32Array.of(1, 0), b: Int32Array.of(0, 2) };
      const selected = selectUtilities([a, b], actions, space);
      expect(selected.map((values) => [...values.dataSync()])).toEqual([
        [2, 4],
        [5, -2],
      ]);
      const gradient = tf.grad((b: tf.Tensor) => selectUtilities([a, b as tf.Tensor2D], actions, space)[1]!.sum())(b);
      expect([...gradient.dataSync()]).toEqual([1, 0, 0, 0, 0, 1]);
    });
  });

  it('are largest at the greedy actions: the first among equals, and legal ones only', () => {
    tf.tidy(() => {
      expect(findGreedyActions(createValues(), undefined, space)).toEqual({
        a: Int32Array.of(1, 0),
        b: Int32Array.of(1, 0),
      });
      const masks = { a: Uint8Array.of(1, 0, 1, 1), b: Uint8Array.of(1, 0, 1, 0, 1, 1) };
      expect(findGreedyActions(createValues(), masks, space)).toEqual({
        a: Int32Array.of(0, 0),
        b: Int32Array.of(2, 2),
      });
      const none = { ...masks, a: Uint8Array.of(1, 0, 0, 0) };
      expect(() => findGreedyActions(createValues(), none, space)).toThrow(/none in row 1/);
    });
  });
});
