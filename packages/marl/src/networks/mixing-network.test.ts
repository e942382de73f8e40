import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
// Written by golden/qmix.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/qmix.json' with { type: 'json' };
import { expectClose } from '../testing/expect-close.ts';
import { setVariables } from '../testing/golden-network.ts';
import { MixingNetwork } from './mixing-network.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['a', 'b'], observationSize: 3, stateSize: 2, actionCounts: { a: 2, b: 3 } };

describe('MixingNetwork', () => {
  it.each(['cpu', 'wasm'] as const)(
    'has the values and gradients of utilities that NumPy computed, on %s',
    async (backend) => {
      await selectBackend([backend]);
      const { weights, utilities, states, jointValues, utilityGradients } = golden.mixing;
      const mixer = new MixingNetwork(space, 3, createRandomStream(0));
      setVariables(mixer, weights);
      tf.tidy(() => {
        const [a, b] = utilities.map((values) => tf.tensor1d(values)) as [tf.Tensor1D, tf.Tensor1D];
        const mix = (a: tf.Tensor, b: tf.Tensor): tf.Tensor1D =>
          mixer.apply([a as tf.Tensor1D, b as tf.Tensor1D], tf.tensor2d(states));
        expectClose(mix(a, b).dataSync(), jointValues, 1e-5);
        const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => mix(a, b).sum())([a, b]);
        for (const [i, gradient] of gradients.entries()) expectClose(gradient.dataSync(), utilityGradients[i]!, 1e-5);
      });
      mixer.dispose();
      await selectBackend(['cpu']);
    },
  );

  it('mixes by hand-worked numbers', () => {
    const mixer = new MixingNetwork({ ...space, stateSize: 1 }, 1, createRandomStream(0));
    // In state 1: W_1 = |-2| for a and |0.5| for b, b_1 = -3, w_2 = |-4|, V = 10 relu(1) + 0.5.
    setVariables(mixer, [[-2], [0], [0.5], [0], [-3], [0], [-4], [0], [1], [0], [10], [0.5]]);
    tf.tidy(() => {
      const q = [tf.tensor1d([3, 0]), tf.tensor1d([2, 2])];
      const joint = mixer.apply(q, tf.tensor2d([[1], [1]])).dataSync();
      // Row 0: h = 6 + 1 - 3 = 4, so 16 + 10.5. Row 1: elu(1 - 3) = exp(-2) - 1.
      expect(joint[0]).toBeCloseTo(26.5, 5);
      expect(joint[1]).toBeCloseTo(4 * (Math.exp(-2) - 1) + 10.5, 5);
    });
    mixer.dispose();
  });

  it('never falls when a utility rises, whatever the weights and the state', () => {
    const number = fc.float({ min: -5, max: 5, noNaN: true });
    const numbers = (length: number): fc.Arbitrary<number[]> =>
      fc.array(number, { minLength: length, maxLength: length });
    const mixer = new MixingNetwork(space, 3, createRandomStream(0));
    const length = mixer.variables.reduce((sum, { size }) => sum + size, 0);
    const rise = fc.float({ min: 0, max: 5, noNaN: true });
    fc.assert(
      fc.property(numbers(length), numbers(2), numbers(2), rise, fc.nat(1), (flat, state, utilities, by, agent) => {
        const left = [...flat];
        setVariables(
          mixer,
          mixer.variables.map(({ size }) => left.splice(0, size)),
        );
        const [low, high] = tf.tidy(() => {
          const q = utilities.map((utility, i) => tf.tensor1d([utility, i === agent ? utility + by : utility]));
          return mixer.apply(q, tf.tensor2d([state, state])).dataSync();
        }) as unknown as [number, number];
        // Sums of up to 3 terms of about 500 are rounded.
        expect(high).toBeGreaterThanOrEqual(low - 1e-2);
      }),
    );
    mixer.dispose();
  });

  it('rises by something where weights are not 0, so that utilities learn from the joint value', () => {
    const mixer = new MixingNetwork(space, 32, createRandomStream(7));
    const random = createRandomStream('monotonic');
    const states = tf.tensor2d(
      Array.from({ length: 200 }, () => random.normal()),
      [100, 2],
    );
    const q = [0, 1].map(() => tf.tensor1d(Array.from({ length: 100 }, () => random.normal())));
    const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
      mixer.apply([a as tf.Tensor1D, b as tf.Tensor1D], states).sum(),
    )(q);
    for (const gradient of gradients) expect(Math.min(...gradient.dataSync())).toBeGreaterThan(0);
    tf.dispose([states, ...q, ...gradients]);
    mixer.dispose();
  });

  it('names its variables after agents and hypernetworks, and frees them', () => {
    const before = tf.memory().numTensors;
    const mixer = new MixingNetwork(space, 3, createRandomStream(0));
    expect(mixer.names).toEqual([
      'mixer/a/first-weights/0/kernel',
      'mixer/a/first-weights/0/bias',
      'mixer/b/first-weights/0/kernel',
      'mixer/b/first-weights/0/bias',
      'mixer/first-bias/0/kernel',
      'mixer/first-bias/0/bias',
      'mixer/last-weights/0/kernel',
      'mixer/last-weights/0/bias',
      'mixer/last-bias/0/kernel',
      'mixer/last-bias/0/bias',
      'mixer/last-bias/1/kernel',
      'mixer/last-bias/1/bias',
    ]);
    expect(mixer.variables.map(({ shape }) => shape)).toEqual([
      [2, 3],
      [3],
      [2, 3],
      [3],
      [2, 3],
      [3],
      [2, 3],
      [3],
      [2, 3],
      [3],
      [3, 1],
      [1],
    ]);
    mixer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
