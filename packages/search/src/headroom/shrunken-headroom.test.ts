import { createRandomStream, type Encoder, type JudgedTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { sampleJointAction } from '../random-prompts.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createInteractionSetup } from './interaction-setup.ts';
import { estimateShrunkenHeadroom } from './shrunken-headroom.ts';

const { space } = createScriptedWorld({ users: 1, interaction: false });

/** Sum of the estimates for 24 users with so many tasks each, whose tastes eight random numbers of theirs say nothing of. */
function estimate(seed: number, tasksEach: number): number {
  const random = createRandomStream(`tastes ${seed}`);
  const users = Array.from({ length: 24 }, () => ({
    observed: Float32Array.from({ length: 8 }, () => random.normal()),
    tastes: [0, 1, 2, 3].map(() => random.normal()),
  }));
  const tasks = Array.from({ length: 24 * tasksEach }, (_, task): JudgedTask => {
    const history = [0, 1].map((id) => ({ item: { id: `${id}`, title: 'h' } }));
    return { task: { id: `${task}`, user: `${task % 24}`, history, candidates: [] }, relevance: new Map() };
  });
  const rows = tasks.map(({ task }, index) => {
    const choice = sampleJointAction(random, space, task);
    return { task: index, choice, reward: users[index % 24]!.tastes[choice[1]!]! };
  });
  const encoder: Encoder = {
    name: 'values',
    size: 8,
    encode: ({ task }, output) => output.set(users[Number(task.user)]!.observed),
    state: () => ({ kind: 'values' }),
  };
  const setup = createInteractionSetup(tasks, rows, { space, encoders: [encoder] });
  return estimateShrunkenHeadroom({ ...setup, random: createRandomStream(seed) }).reduce((sum, part) => sum + part, 0);
}

describe('estimateShrunkenHeadroom', () => {
  it('promises little where users with several tasks have tastes that the observation says nothing of', () => {
    const estimates = Array.from({ length: 20 }, (_, seed) => estimate(seed, 12));
    // Best of four standard normal tastes: 1.03. Folds over tasks know the held-out users, and promise .31.
    expect(estimates.reduce((sum, value) => sum + value, 0) / 20).toBeLessThan(0.2);
  });
});
