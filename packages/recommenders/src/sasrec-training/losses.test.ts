import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeBinaryLoss } from './compute-binary-loss.ts';
import { computeSoftmaxLoss } from './compute-softmax-loss.ts';

beforeAll(() => selectBackend(['cpu']));

const states = [1, 2, -1, 0.5, 0, 3];
const items = [1, 0, 0.5, 0.25, -1, 1, 0, -2];
const targets = Int32Array.of(1, 0, 1);
const negatives = Int32Array.of(2, 3, 0);

const losses = {
  softmax: (h: tf.Tensor, m: tf.Tensor) => computeSoftmaxLoss(h as tf.Tensor2D, m as tf.Tensor2D, targets),
  binary: (h: tf.Tensor, m: tf.Tensor) => computeBinaryLoss(h as tf.Tensor2D, m as tf.Tensor2D, targets, negatives),
};

/** The losses in doubles, from their definitions. */
const definitions = {
  softmax(h: readonly number[], m: readonly number[]): number {
    let sum = 0;
    for (const [row, target] of targets.entries()) {
      const logits = [0, 1, 2, 3].map((item) => score(h, row, m, item));
      const total = logits.reduce((partial, logit) => partial + Math.exp(logit), 0);
      sum -= Math.log(Math.exp(logits[target]!) / total);
    }
    return sum / targets.length;
  },
  binary(h: readonly number[], m: readonly number[]): number {
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    let sum = 0;
    for (const [row, target] of targets.entries()) {
      sum -= Math.log(sigmoid(score(h, row, m, target)));
      sum -= Math.log(1 - sigmoid(score(h, row, m, negatives[row]!)));
    }
    return sum / targets.length;
  },
};

function score(h: readonly number[], row: number, m: readonly number[], item: number): number {
  return h[2 * row]! * m[2 * item]! + h[2 * row + 1]! * m[2 * item + 1]!;
}

describe.each(['softmax', 'binary'] as const)('the %s loss', (name) => {
  it('has the value and the gradients of its definition', () => {
    const [value, gradients] = tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads(losses[name])([
        tf.tensor2d(states, [3, 2]),
        tf.tensor2d(items, [4, 2]),
      ]);
      return [value.dataSync()[0]!, grads.map((gradient) => [...gradient.dataSync()])] as const;
    });
    expect(value).toBeCloseTo(definitions[name](states, items), 5);
    const step = 1e-5;
    const move = (numbers: readonly number[], index: number, by: number): number[] =>
      numbers.with(index, numbers[index]! + by);
    for (let index = 0; index < states.length; index++) {
      const up = definitions[name](move(states, index, step), items);
      const down = definitions[name](move(states, index, -step), items);
      expect(gradients[0]![index]).toBeCloseTo((up - down) / (2 * step), 4);
    }
    for (let index = 0; index < items.length; index++) {
      const up = definitions[name](states, move(items, index, step));
      const down = definitions[name](states, move(items, index, -step));
      expect(gradients[1]![index]).toBeCloseTo((up - down) / (2 * step), 4);
    }
  });

  it('stays finite for scores that exp() cannot take', () => {
    const value = tf.tidy(
      () => losses[name](tf.tensor2d([-900, 0, 900, 0, -900, 0], [3, 2]), tf.tensor2d(items, [4, 2])).dataSync()[0]!,
    );
    expect(value).toSatisfy(Number.isFinite);
    expect(value).toBeGreaterThan(10);
  });
});

it('the softmax loss of equal scores is the logarithm of the number of items', () => {
  const value = tf.tidy(() => computeSoftmaxLoss(tf.zeros([3, 2]), tf.zeros([4, 2]), targets).dataSync()[0]!);
  expect(value).toBeCloseTo(Math.log(4), 6);
});

it('the binary loss of equal scores is twice the logarithm of 2', () => {
  const value = tf.tidy(() => computeBinaryLoss(tf.zeros([3, 2]), tf.zeros([4, 2]), targets, negatives).dataSync()[0]!);
  expect(value).toBeCloseTo(2 * Math.LN2, 6);
});
