import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
// Written by golden/coma.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/coma.json' with { type: 'json' };
import type { LearnerState } from '../index.ts';
import { createComa } from './coma.ts';

const space = { agents: ['a', 'b'], observationSize: 3, stateSize: 2, actionCounts: { a: 2, b: 3 } };

const rollout: Rollout = {
  batchSize: 4,
  steps: golden.steps.map((step) => ({
    observations: Float32Array.from(step.observations),
    state: Float32Array.from(step.state),
    actionMasks: { a: Uint8Array.from(step.actionMasks.a), b: Uint8Array.from(step.actionMasks.b) },
    actions: { a: Int32Array.from(step.actions.a), b: Int32Array.from(step.actions.b) },
    logProbabilities: { a: new Float32Array(4), b: new Float32Array(4) },
    rewards: Float32Array.from(step.rewards),
    terminated: Uint8Array.from(step.terminated),
    truncated: Uint8Array.from(step.truncated),
    active: Uint8Array.from(step.active),
    learnable: Uint8Array.from(step.learnable),
  })),
  finalObservations: Float32Array.from(golden.finalObservations),
  finalState: Float32Array.from(golden.finalState),
};

const before: LearnerState = {
  learner: 'coma',
  version: 1,
  updates: 0,
  optimizerSteps: [0, 0],
  tensors: golden.before.map(({ shape, values }) => ({ shape, values: Float32Array.from(values) })),
};

describe.each(['cpu', 'wasm'] as const)('one COMA update on %s', (backend) => {
  it('has the losses, gradient norms, weights and moments that NumPy computed', async () => {
    await selectBackend([backend]);
    const learner = createComa(space, { random: createRandomStream(0), normalizeAdvantages: true, ...golden.options });
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
