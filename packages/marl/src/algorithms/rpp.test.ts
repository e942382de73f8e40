import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCoordinationBandit, createDominantGame, createTwoStepGame } from '../testing/index.ts';
import { evaluatePolicy } from '../training/evaluate-policy.ts';
import { train } from '../training/train.ts';
import { createRppLearner } from './rpp.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('createRppLearner', () => {
  it('solves the game whose joint action is dominant with few answers', async () => {
    const environment = createDominantGame();
    const learner = createRppLearner(environment, { random: createRandomStream(1) });
    await train(environment, learner, { budget: { calls: 320 }, random: createRandomStream(2) });
    const { metrics } = await evaluatePolicy(learner, { environment, seed: 3 });
    expect(metrics['eval/mean_reward']).toBe(environment.optimum);
    learner.dispose();
  });

  it('learns from returns of more than one step', async () => {
    const environment = createTwoStepGame();
    const learner = createRppLearner(environment, { random: createRandomStream(1), exploration: 1 });
    await train(environment, learner, { budget: { updates: 40 }, random: createRandomStream(2) });
    const { metrics } = await evaluatePolicy(learner, { environment, seed: 3 });
    // Its critic is a sum over the agents, as that of VDN, which ends at 7.
    expect(metrics['eval/mean_reward']).toBeGreaterThanOrEqual(7);
    learner.dispose();
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
    expect(() => createRppLearner(space, { random })).toThrow('at most 4096 weights of the critic, received 5010');
    const small = { ...space, observationSize: 2, stateSize: 2 };
    expect(() => createRppLearner(small, { random, exploration: -1 })).toThrow('exploration');
    expect(() => createRppLearner(small, { random, members: 0 })).toThrow('members');
    expect(() => createRppLearner(small, { random, noise: 0 })).toThrow('noise');
    expect(() => createRppLearner(small, { random, discount: 2 })).toThrow('discount');
  });
});
