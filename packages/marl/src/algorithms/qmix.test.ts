import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { createTwoStepGame } from '../testing/games.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { createQmix } from './qmix.ts';
import { createVdn } from './vdn.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('createQmix', () => {
  it('reaches 8 in the two-step game', async () => {
    const game = createTwoStepGame({ batchSize: 32 });
    const random = createRandomStream(1);
    const learner = createQmix(game, {
      random: random.split('learner'),
      hiddenSizes: [16],
      mixingUnits: 8,
      epsilon: 1,
      discount: 1,
      learningRate: { from: 0.03, to: 0.001, updates: 60 },
      gradientSteps: 2,
    });
    for (let update = 0; update < 60; update++) {
      const { rollout } = await collectRollout(game, learner, { random: random.split(update), seed: update });
      await learner.update(rollout);
    }
    const { rollout } = await collectRollout(game, learner, { random, seed: 0, deterministic: true });
    const paid = rollout.steps.map(({ rewards }) => rewards[0]!).reduce((sum, reward) => sum + reward, 0);
    expect(paid).toBe(8);
    learner.dispose();
  });

  it('fits what the state pays where the observation does not tell, as VDN cannot', async () => {
    const space = { agents: ['a', 'b'], observationSize: 1, stateSize: 1, actionCounts: { a: 2, b: 2 } };
    const base = createOneStepRollout({
      observations: [[1], [1]],
      actions: { a: [0, 0], b: [0, 0] },
      rewards: [2, -2],
    });
    const rollout = { ...base, steps: [{ ...base.steps[0]!, state: Float32Array.of(1, -1) }] };
    const fit = async (learner: MarlLearner): Promise<number> => {
      let loss = Number.NaN;
      for (let update = 0; update < 200; update++) loss = (await learner.update(rollout))['train/loss']!;
      learner.dispose();
      return loss;
    };
    const options = { random: createRandomStream(3), hiddenSizes: [4], learningRate: 0.03 };
    expect(await fit(createQmix(space, { ...options, mixingUnits: 4 }))).toBeLessThan(0.01);
    // The mean of 2 and -2 is 0, and misses both by 2.
    expect(await fit(createVdn(space, options))).toBeCloseTo(4, 1);
  });

  it('refuses a mixing network without units', () => {
    const space = { agents: ['a'], observationSize: 1, stateSize: 1, actionCounts: { a: 2 } };
    expect(() => createQmix(space, { random: createRandomStream(0), mixingUnits: 0 })).toThrow(/mixingUnits/);
  });
});
