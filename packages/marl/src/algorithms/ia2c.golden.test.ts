import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
// Written by golden/ia2c.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/ia2c.json' with { type: 'json' };
import type { LearnerState } from '../learner/learner-state.ts';
import { goldenSpace, readGoldenRollout } from '../testing/golden-rollout.ts';
import { createIa2c } from './ia2c.ts';

const rollout = readGoldenRollout(golden);

const before: LearnerState = {
  learner: 'ia2c',
  version: 1,
  updates: 0,
  optimizerSteps: [0, 0],
  tensors: golden.before.map(({ shape, values }) => ({ shape, values: Float32Array.from(values) })),
};

describe.each(['cpu', 'wasm'] as const)('one IA2C update on %s', (backend) => {
  it('has the losses, gradient norms, weights and moments that NumPy computed', async () => {
    await selectBackend([backend]);
    const learner = createIa2c(goldenSpace, {
      random: createRandomStream(0),
      normalizeAdvantages: true,
      ...golden.options,
    });
    learner.load(before);
    const metrics = await learner.update(rollout);
    for (const [name, value] of Object.entries(golden.metrics)) expect(metrics[name], name).toBeCloseTo(value, 4);
    const after = learner.save();
    expect(after.tensors.length).toBe(golden.after.length);
    for (const [index, { shape, values }] of golden.after.entries()) {
      expect(after.tensors[index]!.shape).toEqual(shape);
      // The last two thirds are moments: gradients times 0.1, and their squares times 0.001.
      const digits = index < golden.after.length / 3 ? 4 : 7;
      for (const [at, value] of values.entries()) expect(after.tensors[index]!.values[at]).toBeCloseTo(value, digits);
    }
    learner.dispose();
  });
});
