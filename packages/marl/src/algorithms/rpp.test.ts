import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { createRandomStream, type Rollout, type RolloutStep } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import { createCoordinationBandit, createDominantGame } from '../testing/index.ts';
import { evaluatePolicy } from '../training/evaluate-policy.ts';
import { train } from '../training/train.ts';
import { createRppLearner } from './rpp.ts';

beforeAll(() => tf.setBackend('cpu'));

/** One agent goes left (0) or right (1), first at the start, then at the end. */
const corridor = { agents: ['walker'], observationSize: 2, stateSize: 2, actionCounts: { walker: 2 } };
const places = { start: [1, 0], end: [0, 1] } as const;

function createStep(actions: Int32Array, place: keyof typeof places, rewards = new Float32Array(40)): RolloutStep {
  const observations = Float32Array.from({ length: 2 * actions.length }, (_, index) => places[place][index % 2]!);
  return {
    observations,
    state: observations,
    actions: { walker: actions },
    logProbabilities: { walker: new Float32Array(actions.length) },
    rewards,
    terminated: new Uint8Array(actions.length),
    truncated: new Uint8Array(actions.length),
    active: new Uint8Array(actions.length).fill(1),
    learnable: new Uint8Array(actions.length).fill(1),
  };
}

function chooseAt(learner: MarlLearner, place: keyof typeof places): number {
  const options = { deterministic: true, random: createRandomStream(0) };
  return learner.act(Float32Array.from(places[place]), options).actions['walker']![0]!;
}

describe('createRppLearner', () => {
  it('solves the game whose joint action is dominant with few answers', async () => {
    const environment = createDominantGame();
    const learner = createRppLearner(environment, { random: createRandomStream(1) });
    await train(environment, learner, { budget: { calls: 320 }, random: createRandomStream(2) });
    const { metrics } = await evaluatePolicy(learner, { environment, seed: 3 });
    expect(metrics['eval/mean_reward']).toBe(environment.optimum);
    learner.dispose();
  });

  it('gives a step the rewards that follow it', async () => {
    const learner = createRppLearner(corridor, { random: createRandomStream(1), discount: 1 });
    // Whoever goes right is paid in the second step, whatever it does there.
    const right = Int32Array.from({ length: 40 }, (_, row) => row % 2);
    const any = Int32Array.from({ length: 40 }, (_, row) => (row >> 1) % 2);
    const [first, second] = [createStep(right, 'start'), createStep(any, 'end', Float32Array.from(right))];
    await learner.update({
      batchSize: 40,
      steps: [first, { ...second, terminated: new Uint8Array(40).fill(1) }],
      finalObservations: second.observations,
      finalState: second.state,
    });
    expect(chooseAt(learner, 'start')).toBe(1);
    learner.dispose();
  });

  it('values what it did not see of an episode', async () => {
    const learner = createRppLearner(corridor, { random: createRandomStream(1), discount: 1 });
    const any = Int32Array.from({ length: 40 }, (_, row) => row % 2);
    const last = createStep(any, 'end', new Float32Array(40).fill(1));
    const ends = { finalObservations: last.observations, finalState: last.state };
    await learner.update({
      batchSize: 40,
      steps: [{ ...last, terminated: new Uint8Array(40).fill(1) }],
      ...ends,
    });
    // No reward yet; going left ends the episode, going right leads to where there was one.
    const start = createStep(any, 'start');
    const terminated = Uint8Array.from(any, (action) => 1 - action);
    await learner.update({ batchSize: 40, steps: [{ ...start, terminated }], ...ends });
    expect(chooseAt(learner, 'start')).toBe(1);
    learner.dispose();
  });

  it('learns from states of any size', async () => {
    const learner = createRppLearner(corridor, { random: createRandomStream(1) });
    const random = createRandomStream(2);
    const right = Int32Array.from({ length: 40 }, (_, row) => row % 2);
    const step = createStep(right, 'end', Float32Array.from(right));
    const observations = step.observations.map(() => 1e30 * random.normal());
    const huge = { ...step, observations, state: observations, terminated: new Uint8Array(40).fill(1) };
    await learner.update({ batchSize: 40, steps: [huge], finalObservations: observations, finalState: observations });
    expect(learner.act(observations, { deterministic: true, random }).actions['walker']).toEqual(
      new Int32Array(40).fill(1),
    );
    learner.dispose();
  });

  describe('with a state that tells more than the observation', () => {
    const space = { agents: ['only'], observationSize: 1, stateSize: 3, actionCounts: { only: 2 } };

    /** The observation, a value that it hints at and that decides which action is paid, and how hard the row is. */
    function createRollout(rows: number, { knowsDifficulty }: { readonly knowsDifficulty: boolean }): Rollout {
      const random = createRandomStream(3);
      const state = new Float32Array(3 * rows);
      const actions = Int32Array.from({ length: rows }, () => random.integer(2));
      const rewards = Float32Array.from(actions, (action, row) => {
        const hidden = random.normal();
        const difficulty = random.normal();
        state.set([hidden + random.normal(), hidden, knowsDifficulty ? difficulty : 0], 3 * row);
        return (action === 1 ? 0.5 : -0.5) * hidden - difficulty + 0.1 * random.normal();
      });
      const observations = Float32Array.from(actions, (_, row) => state[3 * row]!);
      const step: RolloutStep = {
        observations,
        state,
        actions: { only: actions },
        logProbabilities: { only: new Float32Array(rows).fill(Math.log(0.5)) },
        rewards,
        terminated: new Uint8Array(rows).fill(1),
        truncated: new Uint8Array(rows),
        active: new Uint8Array(rows).fill(1),
        learnable: new Uint8Array(rows).fill(1),
      };
      return { batchSize: rows, steps: [step], finalObservations: observations, finalState: state };
    }

    it('acts by what the observation says of the state', async () => {
      const learner = createRppLearner(space, { random: createRandomStream(1) });
      await learner.update(createRollout(400, { knowsDifficulty: true }));
      const options = { deterministic: true, random: createRandomStream(0) };
      expect([...learner.act(Float32Array.of(-2, -0.5, 0.5, 2), options).actions['only']!]).toEqual([0, 0, 1, 1]);
      learner.dispose();
    });

    it('takes what the state tells of the difficulty out of the noise', async () => {
      const noise: number[] = [];
      for (const knowsDifficulty of [true, false]) {
        const learner = createRppLearner(space, { random: createRandomStream(1) });
        const metrics = await learner.update(createRollout(400, { knowsDifficulty }));
        noise.push(metrics['train/noise_std']!);
        learner.dispose();
      }
      expect(noise[0]).toBeCloseTo(0.1, 1);
      expect(noise[1]).toBeGreaterThan(0.9);
    });

    it('keeps first guesses where the prior is fixed', async () => {
      const learner = createRppLearner(space, { random: createRandomStream(1), prior: 'fixed', noise: 0.7 });
      const metrics = await learner.update(createRollout(400, { knowsDifficulty: true }));
      expect(metrics['train/noise_std']).toBeCloseTo(0.7, 9);
      learner.dispose();
    });
  });

  it('explores with exact log-probabilities', () => {
    const environment = createCoordinationBandit();
    const learner = createRppLearner(environment, { random: createRandomStream(1), members: 8 });
    const observations = new Float32Array(4000 * environment.observationSize).fill(1);
    const { actions, logProbabilities } = learner.act(observations, {
      deterministic: false,
      random: createRandomStream(5),
    });
    for (const agent of environment.agents) {
      const counts = new Map<number, number>();
      for (const action of actions[agent]!) counts.set(action, (counts.get(action) ?? 0) + 1);
      actions[agent]!.slice(0, 50).forEach((action, row) => {
        const probability = Math.exp(logProbabilities[agent]![row]!);
        expect(probability * 8).toBeCloseTo(Math.round(probability * 8), 5);
        expect(counts.get(action)! / 4000).toBeCloseTo(probability, 1);
      });
    }
    learner.dispose();
  });

  it('serves through a policy file what it would choose', async () => {
    const environment = createCoordinationBandit();
    const learner = createRppLearner(environment, { random: createRandomStream(1) });
    await train(environment, learner, { budget: { calls: 640 }, random: createRandomStream(2) });
    const { agents, actionCounts, observationSize } = environment;
    const name = (agent: string): string[] => Array.from({ length: actionCounts[agent]! }, (_, index) => `${index}`);
    const actions = Object.fromEntries(agents.map((agent) => [agent, name(agent)]));
    const policy = createPolicy(createPolicyFile({ observationSize, networks: learner.exportNetworks(), actions }));
    const { observations } = await environment.reset({ seed: 4 });
    const options = { deterministic: true, random: createRandomStream(0) };
    expect(policy.act(observations, options).actions).toEqual(learner.act(observations, options).actions);
    learner.dispose();
  });

  it('refuses a space with too many weights, and options out of range', () => {
    const space = { agents: ['a'], observationSize: 500, stateSize: 500, actionCounts: { a: 9 } };
    const random = createRandomStream(1);
    expect(() => createRppLearner(space, { random })).toThrow('at most 2048 weights of the critic, received 5010');
    const small = { ...space, observationSize: 2, stateSize: 2 };
    expect(() => createRppLearner(small, { random, exploration: -1 })).toThrow('exploration');
    expect(() => createRppLearner(small, { random, members: 0 })).toThrow('members');
    expect(() => createRppLearner(small, { random, noise: 0 })).toThrow('noise');
    expect(() => createRppLearner(small, { random, discount: 2 })).toThrow('discount');
    expect(() => createRppLearner(small, { random, prior: 'none' as 'fixed' })).toThrow('prior');
  });

  it('refuses the action that would make the weights too many', () => {
    // 1 + 511 + 3 x 512 are as many as there may be.
    const space = { agents: ['a'], observationSize: 511, stateSize: 511, actionCounts: { a: 3 } };
    const learner = createRppLearner(space, { random: createRandomStream(1), members: 1 });
    expect(() => learner.widen({ agent: 'a', parent: 0 })).toThrow('at most 2048 weights of the critic, received 2560');
    expect(learner.actionCounts).toEqual({ a: 3 });
    learner.dispose();
  });
});
