import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
// Written by golden/maa2c.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/maa2c.json' with { type: 'json' };
import { createMaa2c, type LearnerState } from '../index.ts';
import { goldenSpace, readGoldenRollout } from '../testing/golden-rollout.ts';

const rollout = readGoldenRollout(golden);

const before: LearnerState = {
  learner: 'maa2c',
  version: 1,
  updates: 0,
  optimizerSteps: [0, 0],
  tensors: golden.before.map(({ shape, values }) => ({ shape, values: Float32Array.from(values) })),
};

describe.each(['cpu', 'wasm'] as const)('one MAA2C update on %s', (backend) => {
  it('has the losses, gradient norms, weights and moments that NumPy computed', async () => {
    await selectBackend([backend]);
    const learner = createMaa2c(goldenSpace, {
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
      for (const [at, value] of values.entries()) expect(after.tensors[index]!.values[at]).toBeCloseTo(value, 4);
    }
    learner.dispose();
  });
});
