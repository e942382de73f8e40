import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
// Written by golden/ippo.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/ippo.json' with { type: 'json' };
import type { LearnerState } from '../learner/learner-state.ts';
import { goldenSpace, readGoldenRollout } from '../testing/golden-rollout.ts';
import { createIppo } from './ippo.ts';

const rollout = readGoldenRollout(golden);

const before: LearnerState = {
  learner: 'ippo',
  version: 1,
  updates: 0,
  optimizerSteps: [0, 0],
  tensors: golden.before.map(({ shape, values }) => ({ shape, values: Float32Array.from(values) })),
  extra: { valueNormalizers: golden.valueNormalizersBefore },
};

describe.each(['cpu', 'wasm'] as const)('one IPPO update of three epochs on %s', (backend) => {
  it('has the losses, gradient norms, weights, moments and running numbers that NumPy computed', async () => {
    await selectBackend([backend]);
    const learner = createIppo(goldenSpace, { random: createRandomStream(0), ...golden.options });
    learner.load(before);
    const metrics = await learner.update(rollout);
    for (const [name, value] of Object.entries(golden.metrics)) expect(metrics[name], name).toBeCloseTo(value, 4);
    const after = learner.save();
    expect(after.optimizerSteps).toEqual([3, 3]);
    expect(after.tensors.length).toBe(golden.after.length);
    for (const [index, { shape, values }] of golden.after.entries()) {
      expect(after.tensors[index]!.shape).toEqual(shape);
      for (const [at, value] of values.entries()) expect(after.tensors[index]!.values[at]).toBeCloseTo(value, 4);
    }
    const { valueNormalizers } = after.extra as { readonly valueNormalizers: typeof golden.valueNormalizersAfter };
    expect(valueNormalizers.length).toBe(golden.valueNormalizersAfter.length);
    for (const [index, { mean, meanSquare, weight }] of golden.valueNormalizersAfter.entries()) {
      // Sums that are still small: compared by what they say of the returns.
      const received = valueNormalizers[index]!;
      expect(received.weight / weight).toBeCloseTo(1, 10);
      expect(received.mean / received.weight).toBeCloseTo(mean / weight, 5);
      expect(received.meanSquare / received.weight).toBeCloseTo(meanSquare / weight, 5);
    }
    learner.dispose();
  });
});
