import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  assertTargetUpdate,
  blendVariables,
  copyVariables,
  followNetwork,
  type TargetUpdate,
} from './target-network.ts';

const valuesOf = (variables: readonly tf.Variable[]): number[][] => variables.map((one) => [...one.dataSync()]);
const createPair = (): { online: tf.Variable[]; target: tf.Variable[] } =>
  tf.tidy(() => ({
    online: [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor2d([[8]]))],
    target: [tf.variable(tf.tensor1d([5, -2])), tf.variable(tf.tensor2d([[0]]))],
  }));

describe.each(['cpu', 'wasm'] as const)('target networks on %s', (backend) => {
  beforeEach(async () => {
    await selectBackend([backend]);
  });

  it('copies exactly, and what is assigned to the source later stays there', () => {
    const { numTensors } = tf.memory();
    const { online, target } = createPair();
    copyVariables(online, target);
    tf.tidy(() => online[0]!.assign(tf.tensor1d([7, 7])));
    expect(valuesOf(target)).toEqual([[1, 2], [8]]);
    expect(valuesOf(online)).toEqual([[7, 7], [8]]);
    tf.dispose(online);
    expect(valuesOf(target)).toEqual([[1, 2], [8]]);
    tf.dispose(target);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('goes the given part of the way', () => {
    const { online, target } = createPair();
    blendVariables(online, target, 0.25);
    // 0.75 · 5 + 0.25 · 1, 0.75 · -2 + 0.25 · 2, 0.25 · 8
    expect(valuesOf(target)).toEqual([[4, -1], [2]]);
    expect(valuesOf(online)).toEqual([[1, 2], [8]]);
    tf.dispose([online, target]);
  });

  it('follows after every third update alone, or a little after each', () => {
    const { online, target } = createPair();
    const { numTensors } = tf.memory();
    const start = valuesOf(target);
    for (const done of [0, 1, 3, 4]) followNetwork(online, target, { every: 3 }, done);
    expect(valuesOf(target)).toEqual(start);
    followNetwork(online, target, { every: 3 }, 5);
    expect(valuesOf(target)).toEqual(valuesOf(online));
    tf.tidy(() => online[1]!.assign(tf.tensor2d([[0]])));
    followNetwork(online, target, { rate: 0.5 }, 0);
    followNetwork(online, target, { rate: 0.5 }, 1);
    expect(valuesOf(target)).toEqual([[1, 2], [2]]);
    expect(tf.memory().numTensors).toBe(numTensors);
    tf.dispose([online, target]);
  });
});

describe('assertTargetUpdate', () => {
  it.each<[object, RegExp]>([
    [{ every: 0 }, /targetUpdate\.every to be a positive integer, received 0/],
    [{ every: 1.5 }, /targetUpdate\.every/],
    [{ rate: 0 }, /targetUpdate\.rate to be in \(0, 1\], received 0/],
    [{ rate: 1.1 }, /targetUpdate\.rate/],
    [{ rate: Number.NaN }, /targetUpdate\.rate/],
    [{}, /\{ every \} or \{ rate \}, received "neither"/],
    [{ every: 1, rate: 1 }, /received "both"/],
  ])('refuses %j', (targetUpdate, message) => {
    expect(() => assertTargetUpdate(targetUpdate as TargetUpdate)).toThrow(message);
  });

  it('accepts the ends of the ranges', () => {
    for (const targetUpdate of [{ every: 1 }, { rate: 1 }, { rate: 1e-6 }]) assertTargetUpdate(targetUpdate);
  });
});
