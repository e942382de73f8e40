import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout, type VectorEnvironment } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { createBanditEnvironment } from '../testing/bandit-environment.ts';
import { createIa2c } from './ia2c.ts';
import { createMaa2c, type Maa2cOptions } from './maa2c.ts';
import { createReference } from './reference.ts';

// One agent with two actions and linear networks of one number, so that everything can be worked out by hand. The state is
// the observation. Tensors: kernel and bias of the actor, kernel and bias of the critic, moments.
const space = { agents: ['only'], observationSize: 1, stateSize: 1, actionCounts: { only: 2 } };

interface Step {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
}

/** All rows end with the last step. */
function createRollout(
  steps: readonly Step[],
  finalStates: readonly number[],
  end: 'terminated' | 'truncated',
): Rollout {
  const batchSize = finalStates.length;
  const final = Float32Array.from(finalStates);
  return {
    batchSize,
    steps: steps.map(({ states, actions, rewards }, index) => {
      const ends = (kind: string): Uint8Array =>
        new Uint8Array(batchSize).fill(kind === end && index === steps.length - 1 ? 1 : 0);
      return {
        observations: Float32Array.from(states),
        state: Float32Array.from(states),
        actions: { only: Int32Array.from(actions) },
        logProbabilities: { only: new Float32Array(batchSize) },
        rewards: Float32Array.from(rewards),
        terminated: ends('terminated'),
        truncated: ends('truncated'),
        active: new Uint8Array(batchSize).fill(1),
        learnable: new Uint8Array(batchSize).fill(1),
      };
    }),
    finalObservations: final,
    finalState: final,
  };
}

/** A uniform actor, and a critic that says `slope * state`. */
function setWeights(learner: MarlLearner, slope: number): void {
  const state = learner.save();
  const weights = [[0, 0], [0, 0], [slope], [0]];
  learner.load({
    ...state,
    tensors: state.tensors.map((tensor, index) =>
      index < weights.length ? { ...tensor, values: Float32Array.from(weights[index]!) } : tensor,
    ),
  });
}

function readValue(learner: MarlLearner, state: number): number {
  const { tensors } = learner.save();
  return tensors[2]!.values[0]! * state + tensors[3]!.values[0]!;
}

describe.each([
  ['MAA2C', createMaa2c],
  ['IA2C', createIa2c],
])('the TD error of %s (method defect 3)', (_, createLearner) => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  const create = (options: Partial<Maa2cOptions> = {}): MarlLearner =>
    createLearner(space, {
      random: createRandomStream(1),
      hiddenSizes: [],
      discount: 0.5,
      entropyCoefficient: 0,
      normalizeAdvantages: false,
      criticLearningRate: { from: 0.1, to: 0.001, updates: 150 },
      ...options,
    });
  const learn = async (learner: MarlLearner, rollout: Rollout, updates = 150): Promise<void> => {
    for (let update = 0; update < updates; update++) await learner.update(rollout);
  };

  it.each([
    // V(s) = 2, V(s') = 4: delta = 3 + 0.5 * 4 - 2. Reversed, 0.5 * 2 + 3 - 4, it would be 0.
    ['truncated', 3],
    // delta = 3 - 2. Reversed, 0.5 * 2 + 3, it would be 4.
    ['terminated', 1],
  ] as const)("is r + gamma V(s') - V(s) in both losses, in a step that %s the episode", async (end, delta) => {
    const learner = create();
    setWeights(learner, 2);
    const metrics = await learner.update(createRollout([{ states: [1], actions: [0], rewards: [3] }], [2], end));
    expect(metrics['train/policy_loss']).toBeCloseTo(delta * Math.LN2, 5);
    // Without the reward: (0.5 * 4 - 2)^2 = 0, or 2^2.
    expect(metrics['train/value_loss']).toBeCloseTo(delta ** 2, 5);
    // d(delta^2) = -2 delta (s, 1), the target being a constant.
    expect(metrics['train/critic_gradient_norm']).toBeCloseTo(2 * delta * Math.SQRT2, 5);
    learner.dispose();
  });

  it('makes the value of a state its mean reward', async () => {
    const learner = create();
    const step = { states: [1, 1, 1, 1], actions: [0, 1, 0, 1], rewards: [1, 0, 1, 1] };
    await learn(learner, createRollout([step], step.states, 'terminated'));
    expect(readValue(learner, 1)).toBeCloseTo(0.75, 3);
    learner.dispose();
  });

  it('makes the value of a state what later steps bring, discounted', async () => {
    const learner = create({ gaeLambda: 0 });
    const steps = [
      { states: [0], actions: [0], rewards: [0] },
      { states: [1], actions: [0], rewards: [1] },
    ];
    await learn(learner, createRollout(steps, [0], 'terminated'));
    expect(readValue(learner, 1)).toBeCloseTo(1, 3);
    expect(readValue(learner, 0)).toBeCloseTo(0.5, 3);
    learner.dispose();
  });

  it.each([
    // V = 1 + V / 2.
    ['what would have followed', 'truncated', 2],
    ['nothing more', 'terminated', 1],
  ] as const)('expects %s after a step that was %s', async (_, end, value) => {
    const learner = create();
    await learn(learner, createRollout([{ states: [1], actions: [0], rewards: [1] }], [1], end));
    expect(readValue(learner, 1)).toBeCloseTo(value, 3);
    learner.dispose();
  });

  it('raises the action above the value of its state, though the other brings more in sum', async () => {
    const learner = create();
    // V = (1 + 3 * 0.5) / 4: action 0 gets 0.375, action 1 three times -0.125.
    setWeights(learner, 0.625);
    const step = { states: [1, 1, 1, 1], actions: [0, 1, 1, 1], rewards: [1, 0.5, 0.5, 0.5] };
    const rollout = createRollout([step], step.states, 'terminated');
    const metrics = await learner.update(rollout);
    expect(metrics['train/policy_loss']).toBeCloseTo(0, 6);
    const [first, second] = learner.save().tensors[1]!.values;
    expect(first).toBeGreaterThan(second!);
    learner.dispose();
  });
});

/** Both features are -1 or 1; agent i is paid 0.5 for choosing 1 where feature i is 1 and 0 where it is -1. */
const createContexts = (): VectorEnvironment<{ readonly row: number }> =>
  createBanditEnvironment({
    batchSize: 32,
    actionCounts: { first: 2, second: 2 },
    observationSize: 2,
    sampleObservation: (random) => [0, 1].map(() => (random.uniform() < 0.5 ? -1 : 1)),
    reward: (x, actions) =>
      ['first', 'second'].reduce((sum, agent, i) => sum + (actions[agent] === (x[i]! > 0 ? 1 : 0) ? 0.5 : 0), 0),
    noise: 0.1,
  });

describe('a bandit whose rewards differ by context (method defects 3 and 4)', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  /** Mean reward of the last 20 of 60 updates. Chance and the best fixed actions get 0.5, the best policy 1. */
  const play = async (
    createLearner: typeof createMaa2c | typeof createIa2c | typeof createReference,
    seed: number,
  ): Promise<number> => {
    const environment = createContexts();
    const random = createRandomStream(seed);
    // The same rates for all: the reference's own, which are lower, would be an excuse.
    const rates = { actorLearningRate: 0.01, criticLearningRate: 0.01 };
    const learner = createLearner(environment, { random: random.split('learner'), hiddenSizes: [16], ...rates });
    const updates = 60;
    let mean = 0;
    for (let update = 0; update < updates; update++) {
      const stream = random.split(update);
      const { rollout } = await collectRollout(environment, learner, {
        random: stream.split('actions'),
        seed: stream.split('tasks').bits(),
      });
      await learner.update(rollout);
      const rewards = rollout.steps[0]!.rewards;
      if (update >= updates - 20) mean += rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length / 20;
    }
    learner.dispose();
    return mean;
  };

  it.each([1, 2, 3, 4, 5])('is learned by MAA2C and IA2C and not by the reference, seed %i', async (seed) => {
    expect(await play(createMaa2c, seed)).toBeGreaterThan(0.95);
    expect(await play(createIa2c, seed)).toBeGreaterThan(0.95);
    expect(await play(createReference, seed)).toBeLessThan(0.7);
  });
});
