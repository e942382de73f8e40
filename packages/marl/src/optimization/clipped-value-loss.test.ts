import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { computeClippedValueLoss } from './clipped-value-loss.ts';

describe.each(['cpu', 'wasm'] as const)('computeClippedValueLoss on %s', (backend) => {
  it('is the larger of both errors and has no gradient where that is the clipped one', async () => {
    await selectBackend([backend]);
    const rows = { oldValues: new Float32Array(4), targets: Float32Array.of(1, 0, 1, -2) };
    const values = tf.tensor1d([0.5, 0.5, 0.1, -0.5]);
    const compute = (range: number): number => computeClippedValueLoss(values, rows, range).dataSync()[0]!;
    // Values within 0.2 of 0: 0.2, 0.2, 0.1, -0.2. Errors 0.8, 0.5 (not 0.2), 0.9, 1.8.
    expect(compute(0.2)).toBeCloseTo((0.64 + 0.25 + 0.81 + 3.24) / 4, 6);
    // Errors 0.5, 0.5, 0.9, 1.5.
    expect(compute(Number.POSITIVE_INFINITY)).toBeCloseTo((0.25 + 0.25 + 0.81 + 2.25) / 4, 6);
    const gradient = tf
      .grad((x) => computeClippedValueLoss(x as tf.Tensor1D, rows, 0.2))(values)
      .dataSync();
    for (const [row, value] of [0, 0.25, -0.45, 0].entries()) expect(gradient[row]).toBeCloseTo(value, 6);
  });

  it('leaves every value within the range its gradient', async () => {
    await selectBackend([backend]);
    const random = createRandomStream('values');
    const oldValues = Float32Array.from({ length: 500 }, () => random.normal());
    const values = tf.tensor1d(oldValues.map((old) => old + 0.19 * (2 * random.uniform() - 1)));
    const rows = { oldValues, targets: oldValues.map(() => 10) };
    const gradient = tf
      .grad((x) => computeClippedValueLoss(x as tf.Tensor1D, rows, 0.2))(values)
      .dataSync();
    expect(gradient.every((value) => value < 0)).toBe(true);
  });
});
