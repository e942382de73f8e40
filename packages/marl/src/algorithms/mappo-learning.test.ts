import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { createBanditEnvironment } from '../testing/bandit-environment.ts';
import { createIppo } from './ippo.ts';
import { createMappo } from './mappo.ts';

beforeAll(async () => {
  await selectBackend(['wasm']);
});

/** Each of four features is -1 or 1; agent i is paid 0.5 for choosing 1 where feature i is 1, and 0 where it is -1. */
const createContextual = () =>
  createBanditEnvironment({
    batchSize: 64,
    actionCounts: { first: 2, second: 2 },
    observationSize: 4,
    sampleObservation: (random) => Array.from({ length: 4 }, () => (random.uniform() < 0.5 ? -1 : 1)),
    reward: (x, actions) =>
      ['first', 'second'].reduce((sum, agent, i) => sum + (actions[agent] === (x[i]! > 0 ? 1 : 0) ? 0.5 : 0), 0),
    noise: 0.25,
  });

describe.each([
  ['MAPPO', createMappo],
  ['IPPO', createIppo],
] as const)('training with %s', (_, createLearner) => {
  it.each([1, 2, 3])('takes nine tenths of the gain of a noisy contextual bandit, seed %i', async (seed) => {
    const random = createRandomStream(seed);
    const learner = createLearner(createContextual(), { random: random.split('learner'), minibatches: 2 });
    const environment = createContextual();
    for (let update = 0; update < 30; update++) {
      const stream = random.split(update);
      const { rollout } = await collectRollout(environment, learner, {
        random: stream.split('actions'),
        seed: stream.split('tasks').bits(),
      });
      await learner.update(rollout);
    }
    const { rollout } = await collectRollout(createContextual(), learner, {
      random: createRandomStream(0),
      seed: 999,
      deterministic: true,
    });
    // The best gets 1 a row, and 0.5 is what the best fixed actions get.
    const { observations, actions } = rollout.steps[0]!;
    let right = 0;
    for (let row = 0; row < 64; row++) {
      for (const [i, agent] of ['first', 'second'].entries()) {
        if (actions[agent]![row] === (observations[4 * row + i]! > 0 ? 1 : 0)) right += 1 / 128;
      }
    }
    expect(right).toBeGreaterThanOrEqual(0.95);
    learner.dispose();
  });
});
