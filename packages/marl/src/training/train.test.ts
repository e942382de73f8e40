import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type RandomStream, type VectorEnvironment } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  collectRollout,
  createMaa2c,
  type Maa2cOptions,
  type MarlLearner,
  type TrainingProgress,
  train,
} from '../index.ts';
import { createBanditEnvironment } from '../testing/bandit-environment.ts';

beforeAll(async () => {
  await selectBackend(['wasm']);
});

/** Two agents, three actions each. Together at 0 they get 1; apart, each is tempted away. The rest pays less. */
const payoffs = [
  [1, 0.2, 0.3],
  [0.2, 0.6, 0.4],
  [0.3, 0.4, 0.5],
];
const coordination = (): VectorEnvironment<{ readonly row: number }> =>
  createBanditEnvironment({
    batchSize: 64,
    actionCounts: { first: 3, second: 3 },
    observationSize: 1,
    sampleObservation: () => [1],
    reward: (_, actions) => payoffs[actions['first']!]![actions['second']!]!,
    noise: 0.1,
  });

/** Each of four features is -1 or 1; agent i is paid 0.5 for choosing 1 where feature i is 1, and 0 where it is -1. */
const contextual = (distort?: (rewards: Float32Array) => Float32Array): VectorEnvironment<{ readonly row: number }> =>
  createBanditEnvironment({
    batchSize: 64,
    actionCounts: { first: 2, second: 2 },
    observationSize: 4,
    sampleObservation: (random: RandomStream) => Array.from({ length: 4 }, () => (random.uniform() < 0.5 ? -1 : 1)),
    reward: (x, actions) =>
      ['first', 'second'].reduce((sum, agent, i) => sum + (actions[agent] === (x[i]! > 0 ? 1 : 0) ? 0.5 : 0), 0),
    noise: 0.25,
    ...(distort && { distort }),
  });

async function solve(
  environment: VectorEnvironment<{ readonly row: number }>,
  seed: number,
  updates: number,
  options: Partial<Maa2cOptions> = {},
): Promise<MarlLearner> {
  const random = createRandomStream(seed);
  const learner = createMaa2c(environment, { random: random.split('learner'), ...options });
  await train(environment, learner, { budget: { updates }, random: random.split('training') });
  return learner;
}

/** Share of right choices over both agents on fresh observations; 0.5 is what the best fixed actions get. */
async function measureContextual(learner: MarlLearner): Promise<number> {
  const { rollout } = await collectRollout(contextual(), learner, {
    random: createRandomStream(0),
    seed: 999,
    deterministic: true,
  });
  const { observations, actions } = rollout.steps[0]!;
  let right = 0;
  for (let row = 0; row < 64; row++) {
    for (const [i, agent] of ['first', 'second'].entries()) {
      if (actions[agent]![row] === (observations[4 * row + i]! > 0 ? 1 : 0)) right += 1 / 128;
    }
  }
  return right;
}

describe('train with MAA2C', () => {
  it.each([1, 2, 3])('finds the dominant joint action of a coordination bandit, seed %i', async (seed) => {
    const learner = await solve(coordination(), seed, 100);
    const { actions } = learner.act(Float32Array.of(1), { deterministic: true, random: createRandomStream(0) });
    expect([actions['first']![0], actions['second']![0]]).toEqual([0, 0]);
    learner.dispose();
  });

  it.each([1, 2, 3])(
    'takes nine tenths of the gain of a noisy contextual bandit in 6,400 episodes, seed %i',
    async (seed) => {
      const learner = await solve(contextual(), seed, 100);
      // (share - 0.5) / (1 - 0.5) is the share of the possible gain.
      expect(await measureContextual(learner)).toBeGreaterThanOrEqual(0.95);
      learner.dispose();
    },
  );

  it('learns nothing there from one scalar reward for all rows, which method defect 4 was', async () => {
    const shared = contextual((rewards) =>
      rewards.fill(rewards.reduce((sum, value) => sum + value, 0) / rewards.length),
    );
    const learner = await solve(shared, 1, 100);
    expect(await measureContextual(learner)).toBeLessThan(0.75);
    learner.dispose();
  });

  it('gives identical weights for the same seed and other weights for another', async () => {
    const [first, second, other] = [
      await solve(contextual(), 1, 5),
      await solve(contextual(), 1, 5),
      await solve(contextual(), 2, 5),
    ];
    expect(second.save()).toEqual(first.save());
    expect(other.save()).not.toEqual(first.save());
    for (const learner of [first, second, other]) learner.dispose();
  });

  it('reports each update with its metrics, its steps and their infos', async () => {
    const environment = contextual();
    const learner = createMaa2c(environment, { random: createRandomStream(1) });
    const seen: TrainingProgress<{ readonly row: number }>[] = [];
    await train(environment, learner, {
      budget: { updates: 2 },
      random: createRandomStream(1),
      callbacks: { onUpdate: (progress) => void seen.push(progress) },
    });
    expect(seen.map(({ update, episodes }) => [update, episodes])).toEqual([
      [1, 64],
      [2, 128],
    ]);
    expect(seen[0]!.steps.length).toBe(2);
    expect(seen[0]!.steps[1]!.infos[3]).toEqual({ row: 3 });
    expect(seen[0]!.rollout.steps[0]!.rewards).toEqual(seen[0]!.steps[1]!.rewards);
    const mean = seen[0]!.steps[1]!.rewards.reduce((sum, reward) => sum + reward / 64, 0);
    expect(seen[0]!.metrics['rollout/ep_rew_mean']).toBeCloseTo(mean, 5);
    expect(seen[0]!.metrics['rollout/ep_len_mean']).toBe(1);
    for (const name of ['train/policy_loss', 'train/value_loss', 'train/entropy_loss', 'train/explained_variance']) {
      expect(seen[0]!.metrics[name]).toEqual(expect.any(Number));
    }
    expect(seen[1]!.steps[0]).not.toEqual(seen[0]!.steps[0]!);
    learner.dispose();
  });
});
