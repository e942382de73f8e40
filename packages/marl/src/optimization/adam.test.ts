import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Adam } from './adam.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('Adam', () => {
  it('moves as the optimiser of TensorFlow.js does over 20 steps', () => {
    const ours = tf.variable(tf.tensor1d([1, -2, 3]));
    const theirs = tf.variable(tf.tensor1d([1, -2, 3]));
    const optimizer = new Adam([ours], 1e-5);
    const reference = tf.train.adam(0.1, 0.9, 0.999, 1e-5);
    for (let step = 0; step < 20; step++) {
      const gradient = tf.tensor1d([Math.sin(step), 0.001 * step, -1]);
      optimizer.step([ours], [gradient], 0.1);
      reference.applyGradients([{ name: theirs.name, tensor: gradient }]);
    }
    const expected = theirs.dataSync();
    for (const [index, value] of ours.dataSync().entries()) expect(value).toBeCloseTo(expected[index]!, 4);
    expect(optimizer.steps).toBe(20);
  });
});
