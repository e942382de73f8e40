import type { RankingStepInfo } from '@rppkit/env';
import type { VectorStep } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { type AskedInstead, createPairRollout } from './create-pair-rollout.ts';
import { space } from './growing-world.fixture.ts';

const names = space.patterns.map(({ name }) => name);
const counts = space.patterns.map(({ expressions }) => expressions.length);

/** Three rows that nobody can take for one another. */
const step = {
  observations: Float32Array.of(10, 11, 20, 21, 30, 31),
  state: Float32Array.of(1, 2, 3),
  actionMasks: Object.fromEntries(
    names.map((name, at) => [name, Uint8Array.from({ length: 3 * counts[at]! }, (_, index) => Number(index % 3 > 0))]),
  ),
} as VectorStep<RankingStepInfo>;

const ask = (row: number, choice: readonly number[], reward?: number): AskedInstead => ({
  round: { step: 0, row } as AskedInstead['round'],
  choice,
  answer: reward === undefined ? { calls: 1 } : { score: reward, reward, calls: 1 },
});

it('takes what belongs to each row that was answered, in the order of the answers', () => {
  const asked = [ask(2, [1, 2, 3, 4], 0.25), ask(0, [0, 0, 0, 0]), ask(1, [5, 4, 3, 2], 0.5), ask(2, [0, 1, 0, 1], 1)];
  const rollout = createPairRollout(step, asked, { space, batchSize: 3 })!;
  const [only] = rollout.steps;
  expect(rollout.batchSize).toBe(3);
  expect(only!.observations).toEqual(Float32Array.of(30, 31, 20, 21, 30, 31));
  expect(only!.state).toEqual(Float32Array.of(3, 2, 3));
  expect(only!.rewards).toEqual(Float32Array.of(0.25, 0.5, 1));
  expect(names.map((name) => [...only!.actions[name]!])).toEqual([
    [1, 5, 0],
    [2, 4, 1],
    [3, 3, 0],
    [4, 2, 1],
  ]);
  const roles = counts[0]!;
  const masks = step.actionMasks![names[0]!]!;
  expect([...only!.actionMasks![names[0]!]!.subarray(0, roles)]).toEqual([...masks.subarray(2 * roles)]);
  expect([...only!.terminated, ...only!.truncated]).toEqual([1, 1, 1, 0, 0, 0]);
});

it('is nothing where nothing was answered', () => {
  expect(createPairRollout(step, [ask(0, [0, 0, 0, 0])], { space, batchSize: 3 })).toBeUndefined();
});
