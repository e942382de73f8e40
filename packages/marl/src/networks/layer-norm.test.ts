import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from '../testing/expect-close.ts';
import { applyLayerNorm, layerNormEpsilon } from './layer-norm.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const normalize = (rows: readonly (readonly number[])[]): Float32Array =>
  tf.tidy(() =>
    applyLayerNorm(
      tf.tensor2d(rows.map((row) => [...row])),
      tf.tensor1d([1, 2, -1]),
      tf.tensor1d([0, 10, 1]),
    ).dataSync<'float32'>(),
  );

describe('applyLayerNorm', () => {
  it('shifts and scales each row over its units, then applies gain and shift', () => {
    // Mean 2, variance 2/3 (not the 1 of a sample): (-1, 0, 1) / sqrt(2/3 + epsilon). Times gain, plus shift.
    const unit = 1 / Math.sqrt(2 / 3 + layerNormEpsilon);
    expectClose(normalize([[1, 2, 3]]), [-unit, 10, 1 - unit], 1e-6);
  });

  it('makes equal values 0 and looks at no other row', () => {
    expect([...normalize([[5, 5, 5]])]).toEqual([0, 10, 1]);
    expect(
      normalize([
        [1, 2, 3],
        [400, -7, 9],
      ]).subarray(0, 3),
    ).toEqual(normalize([[1, 2, 3]]));
  });
});
