import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { createIppo } from './ippo.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 2, stateSize: 2, actionCounts: { role: 3, format: 2 } };
const rollout = createOneStepRollout({
  observations: [
    [1, 0],
    [0, 1],
    [1, 1],
    [-1, 2],
  ],
  actions: { role: [0, 1, 2, 1], format: [0, 1, 1, 0] },
  rewards: [1, 0, 0.5, -1],
});
const create = () => createIppo(space, { random: createRandomStream(5), hiddenSizes: [8], minibatches: 2 });

describe('createIppo', () => {
  it('never reads the state', async () => {
    // Not terminated, so that the states after the step would count too.
    const step = { ...rollout.steps[0]!, terminated: new Uint8Array(4), truncated: new Uint8Array(4).fill(1) };
    const running: Rollout = { ...rollout, steps: [step] };
    const [learner, other] = [create(), create()];
    const metrics = await learner.update(running);
    const noise = Float32Array.from({ length: 8 }, (_, index) => 7 * index - 20);
    expect(await other.update({ ...running, steps: [{ ...step, state: noise }], finalState: noise })).toEqual(metrics);
    expect(other.save()).toEqual(learner.save());
    await other.update(running);
    await learner.update({ ...running, finalObservations: noise });
    expect(other.save()).not.toEqual(learner.save());
  });

  it('sums the value losses of its critics and averages what they explain', async () => {
    // Linear critics of zeros say 0 with normalisers that have seen nothing.
    const learner = createIppo(space, { random: createRandomStream(5), hiddenSizes: [], epochs: 1 });
    const state = learner.save();
    for (const { values } of state.tensors) values.fill(0);
    learner.load(state);
    const metrics = await learner.update(rollout);
    // Normalised returns have mean square 1, for each of two agents; zeros explain nothing of them.
    expect(metrics['train/value_loss']).toBeCloseTo(2, 4);
    expect(metrics['train/explained_variance']).toBeCloseTo(0, 6);
  });

  it('normalises the values of each agent by returns of its own', async () => {
    const learner = create();
    const step = { ...rollout.steps[0]!, terminated: new Uint8Array(4), truncated: new Uint8Array(4).fill(1) };
    await learner.update({ ...rollout, steps: [step] });
    const { valueNormalizers } = learner.save().extra as { readonly valueNormalizers: { readonly mean: number }[] };
    // Their critics expect different things of the next observations.
    expect(valueNormalizers[0]!.mean).not.toBe(valueNormalizers[1]!.mean);
  });
});
