import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { computeAttention } from '../sasrec/compute-attention.ts';
import { attendCausally } from './attend-causally.ts';

beforeAll(() => selectBackend(['cpu']));

const random = createRandomStream('attention');
/** The second sequence has two padded places. Six columns, three a head: no multiple of four. */
const shape = { maximumLength: 4, dimensions: 6, heads: 2, firstPlaces: Int32Array.of(0, 2) };
const [queries, keys, values, weights] = Array.from({ length: 4 }, () =>
  Float32Array.from({ length: 48 }, () => random.normal()),
) as [Float32Array, Float32Array, Float32Array, Float32Array];
const toTensor = (numbers: Float32Array): tf.Tensor2D => tf.tensor2d(numbers, [8, 6]);

it('gives each sequence what it gets alone and without its padding', () => {
  const output = tf.tidy(() =>
    attendCausally(toTensor(queries), toTensor(keys), toTensor(values), shape).dataSync<'float32'>(),
  );
  for (const [first, end] of [
    [0, 4],
    [6, 8],
  ] as const) {
    const part = (numbers: Float32Array): Float32Array => numbers.subarray(first * 6, end * 6);
    const expected = computeAttention(part(queries), part(keys), part(values), end - first, 6, 2);
    for (const [index, value] of part(output).entries()) expect(value).toBeCloseTo(expected[index]!, 5);
  }
  expect([...output.subarray(24, 36)]).toEqual(new Array(12).fill(0));
});

it('has the gradient that finite differences show', () => {
  const inputs = [queries, keys, values];
  /** Weighted sum of the output, in doubles, from the serving side's attention. */
  const computeLoss = (q: Float32Array, k: Float32Array, v: Float32Array): number => {
    let sum = 0;
    for (const [first, end] of [
      [0, 4],
      [6, 8],
    ] as const) {
      const part = (numbers: Float32Array): Float32Array => numbers.subarray(first * 6, end * 6);
      computeAttention(part(q), part(k), part(v), end - first, 6, 2).forEach((value, index) => {
        sum += value * weights[first * 6 + index]!;
      });
    }
    return sum;
  };
  const gradients = tf.tidy(() =>
    tf
      .grads((q, k, v) =>
        attendCausally(q as tf.Tensor2D, k as tf.Tensor2D, v as tf.Tensor2D, shape)
          .mul(toTensor(weights))
          .sum(),
      )(inputs.map(toTensor))
      .map((gradient) => gradient.dataSync<'float32'>()),
  );
  for (const [place, input] of inputs.entries()) {
    for (let index = 0; index < 48; index++) {
      const [up, down] = [0.01, -0.01].map((step) => {
        const moved = inputs.map((numbers) => numbers.slice()) as [Float32Array, Float32Array, Float32Array];
        moved[place]![index] = input[index]! + step;
        return computeLoss(...moved);
      }) as [number, number];
      expect(gradients[place]![index]).toBeCloseTo((up - down) / 0.02, 2);
    }
  }
});
