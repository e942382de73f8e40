import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { computeClippedSurrogate } from './clipped-surrogate.ts';

/** Loss, figures and the gradient by log-probability, where the policy that acted gave every action probability 1. */
function compute(ratios: readonly number[], advantages: readonly number[]) {
  const rows = { oldLogChosen: new Float32Array(ratios.length), advantages: Float32Array.from(advantages) };
  return tf.tidy(() => {
    const logChosen = tf.tensor1d(ratios.map(Math.log));
    const { loss, approxKl, clipFraction } = computeClippedSurrogate(logChosen, rows, 0.2);
    const gradient = tf.grad((x) => computeClippedSurrogate(x as tf.Tensor1D, rows, 0.2).loss)(logChosen);
    return {
      loss: loss.dataSync()[0],
      approxKl: approxKl.dataSync()[0],
      clipFraction: clipFraction.dataSync()[0],
      gradient: [...gradient.dataSync()],
    };
  });
}

describe.each(['cpu', 'wasm'] as const)('computeClippedSurrogate on %s', (backend) => {
  it('clips what has gained enough, on either side, and stops its gradient alone', async () => {
    await selectBackend([backend]);
    const received = compute([1.5, 1.5, 0.5, 0.5, 1.1], [1, -1, 1, -1, 2]);
    // The smaller of both terms: 1.2, -1.5, 0.5, -0.8, 2.2.
    expect(received.loss).toBeCloseTo(-1.6 / 5, 6);
    // -ratio A / 5 where the row is not clipped.
    for (const [row, value] of [0, 0.3, -0.1, 0, -0.44].entries()) {
      expect(received.gradient[row]).toBeCloseTo(value, 6);
      if (value === 0) expect(Math.abs(received.gradient[row]!)).toBe(0);
    }
    // ratio - 1 - log ratio: 0.5 - 0.405465, -0.5 + 0.693147, 0.1 - 0.095310.
    expect(received.approxKl).toBeCloseTo((2 * 0.094535 + 2 * 0.193147 + 0.00469) / 5, 5);
    expect(received.clipFraction).toBeCloseTo(0.8, 6);
  });

  it('stays finite where the ratio of a clipped row overflows', async () => {
    await selectBackend([backend]);
    const rows = { oldLogChosen: Float32Array.of(-1000, 0), advantages: Float32Array.of(1, 1) };
    const computeLoss = (x: tf.Tensor): tf.Scalar => computeClippedSurrogate(x as tf.Tensor1D, rows, 0.2).loss;
    const logChosen = tf.tensor1d([0, 0]);
    expect(computeLoss(logChosen).dataSync()[0]).toBeCloseTo(-1.1, 6);
    const gradient = tf.grad(computeLoss)(logChosen).dataSync();
    expect(Math.abs(gradient[0]!)).toBe(0);
    expect(gradient[1]).toBeCloseTo(-0.5, 6);
  });
});
