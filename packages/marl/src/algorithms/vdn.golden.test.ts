import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
// Written by golden/vdn.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/vdn.json' with { type: 'json' };
import type { LearnerState } from '../learner/learner-state.ts';
import { goldenSpace, readGoldenRollout } from '../testing/golden-rollout.ts';
import { createVdn } from './vdn.ts';

const rollout = readGoldenRollout(golden);

const { stored } = golden;
const before: LearnerState = {
  learner: 'vdn',
  version: 1,
  updates: 0,
  optimizerSteps: [0],
  tensors: golden.before.map(({ shape, values }) => ({ shape, values: Float32Array.from(values) })),
  extra: {
    replay: [
      {
        rowCount: 3,
        observations: Float32Array.from(stored.observations),
        states: Float32Array.from(stored.states),
        nextObservations: Float32Array.from(stored.nextObservations),
        nextStates: Float32Array.from(stored.nextStates),
        rewards: Float32Array.from(stored.rewards),
        terminated: Uint8Array.from(stored.terminated),
        actions: { a: Int32Array.from(stored.actions.a), b: Int32Array.from(stored.actions.b) },
        logProbabilities: { a: new Float32Array(3), b: new Float32Array(3) },
      },
    ],
    exploration: { a: [1, 1], b: [1, 1, 1] },
  },
};

describe.each(['cpu', 'wasm'] as const)('one VDN update on %s', (backend) => {
  it('has the joint values, loss, gradient norm, weights, targets and moments that NumPy computed', async () => {
    await selectBackend([backend]);

    const learner = createVdn(goldenSpace, { random: createRandomStream(0), ...golden.options });
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
