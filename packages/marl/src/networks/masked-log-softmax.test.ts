import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeEntropy, computeMaskedLogSoftmax } from './masked-log-softmax.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('computeMaskedLogSoftmax and computeEntropy', () => {
  it('normalise over legal actions only', () => {
    const logits = tf.tensor2d([0, Math.log(3), 5, 0, 0, 0], [2, 3]);
    const logProbabilities = computeMaskedLogSoftmax(logits, tf.tensor2d([1, 1, 0, 1, 1, 1], [2, 3]));
    const probabilities = logProbabilities.exp().dataSync();
    for (const [index, value] of [1 / 4, 3 / 4, 0, 1 / 3, 1 / 3, 1 / 3].entries())
      expect(probabilities[index]).toBeCloseTo(value, 6);
    expect(probabilities[2]).toBe(0);
    const entropy = computeEntropy(logProbabilities).dataSync();
    expect(entropy[0]).toBeCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), 6);
    expect(entropy[1]).toBeCloseTo(Math.log(3), 6);
  });

  it('send no gradient to illegal actions', () => {
    const mask = tf.tensor2d([1, 1, 0], [1, 3]);
    const entropy = (logits: tf.Tensor): tf.Scalar =>
      computeEntropy(computeMaskedLogSoftmax(logits as tf.Tensor2D, mask))
        .sum()
        .asScalar();
    const gradient = tf
      .grad(entropy)(tf.tensor2d([1, 2, 3], [1, 3]))
      .dataSync();
    // dH/dx_a = -p_a (log p_a + H) with p = softmax(1, 2).
    const p = 1 / (1 + Math.E);
    const h = -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
    expect(gradient[0]).toBeCloseTo(-p * (Math.log(p) + h), 6);
    expect(gradient[1]).toBeCloseTo(p * (Math.log(p) + h), 6);
    expect(Math.abs(gradient[2]!)).toBe(0);
  });
});
