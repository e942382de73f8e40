import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { repeatSteps } from './repeat-steps.ts';

beforeAll(() => tf.setBackend('cpu'));

it('repeatSteps takes each step in turn, frees what it allocated, and reports means', () => {
  const before = tf.memory().numTensors;
  const alive: number[] = [];
  let step = 0;
  const report = repeatSteps(3, () => {
    alive.push(tf.memory().numTensors - before);
    tf.scalar(1);
    step += 1;
    return { parts: { loss: 2 * step, value: -step }, norm: step, learningRate: 0.5 };
  });
  expect(report).toEqual({ parts: { loss: 4, value: -2 }, norm: 2, learningRate: 0.5 });
  expect(alive).toEqual([0, 0, 0]);
  expect(tf.memory().numTensors).toBe(before);
});
