import type { JointActions } from '@rppkit/spec';
import { describeVectorEnvironment } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import {
  createClimbingGame,
  createDominantGame,
  createMatrixGame,
  createPenaltyGame,
  createTwoStepGame,
  type Payoff,
} from './games.ts';
import { createCoordinationBandit } from './games-coordination.ts';
import { type Game, GameNotRunningError } from './games-environment.ts';

const games: Readonly<Record<string, () => Game>> = {
  'matrix game of three agents': () => createMatrixGame([[[1], [2]]], { batchSize: 3 }),
  'dominant game': () => createDominantGame(),
  'climbing game': () => createClimbingGame({ batchSize: 1 }),
  'penalty game': () => createPenaltyGame({ penalty: -100 }),
  'two-step game': () => createTwoStepGame({ batchSize: 5 }),
  'coordination bandit': () => createCoordinationBandit({ agents: 3, noise: 0.5 }),
};
for (const [name, create] of Object.entries(games)) {
  describeVectorEnvironment({ name, create: async () => ({ environment: create() }) });
}

/** The same action of an agent in every row. */
const repeat = (game: Game, actions: readonly number[]): JointActions =>
  Object.fromEntries(game.agents.map((agent, i) => [agent, new Int32Array(game.batchSize).fill(actions[i]!)]));

/** The reward of every joint action of two agents, row by row of the payoff. */
async function readRewards(game: Game): Promise<number[][]> {
  const [first, second] = game.agents.map((agent) => game.actionCounts[agent]!) as [number, number];
  const rewards = Array.from({ length: first }, () => new Array<number>(second).fill(Number.NaN));
  for (let a = 0; a < first; a++) {
    for (let b = 0; b < second; b++) {
      await game.reset({ seed: 1 });
      rewards[a]![b] = (await game.step(repeat(game, [a, b]))).rewards.at(-1)!;
    }
  }
  return rewards;
}

describe('matrix games', () => {
  it('pay what the papers print', async () => {
    expect(await readRewards(createClimbingGame())).toEqual([
      [11, -30, 0],
      [-30, 7, 6],
      [0, 0, 5],
    ]);
    expect(await readRewards(createPenaltyGame())).toEqual([
      [10, 0, -50],
      [0, 2, 0],
      [-50, 0, 10],
    ]);
    expect((await readRewards(createPenaltyGame({ penalty: -100 })))[2]).toEqual([-100, 0, 10]);
    expect([createClimbingGame().optimum, createPenaltyGame().optimum, createDominantGame().optimum]).toEqual([
      11, 10, 10,
    ]);
  });

  it('has a dominant game in which action 0 is better whatever the other does, and no sum of parts', async () => {
    const payoff = await readRewards(createDominantGame());
    for (const other of [0, 1, 2]) {
      for (const worse of [1, 2]) {
        expect(payoff[0]![other]).toBeGreaterThan(payoff[worse]![other]!);
        expect(payoff[other]![0]).toBeGreaterThan(payoff[other]![worse]!);
      }
    }
    expect(payoff[0]![0]! + payoff[1]![1]!).not.toBe(payoff[0]![1]! + payoff[1]![0]!);
  });

  it('reads the payoff of each row, for any number of agents and of actions', async () => {
    const payoff = [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ];
    const game = createMatrixGame(payoff, { batchSize: 2 });
    expect(game.actionCounts).toEqual({ 'agent-0': 1, 'agent-1': 2, 'agent-2': 3 });
    expect((await game.reset({ seed: 1 })).observations).toEqual(Float32Array.of(1, 1));
    const { rewards, infos, terminated, learnable } = await game.step({
      'agent-0': Int32Array.of(0, 0),
      'agent-1': Int32Array.of(1, 0),
      'agent-2': Int32Array.of(0, 2),
    });
    expect([...rewards]).toEqual([4, 3]);
    expect(infos).toEqual([{ actions: [0, 1, 0] }, { actions: [0, 0, 2] }]);
    expect([...terminated, ...learnable]).toEqual([1, 1, 1, 1]);
  });

  it.each<[string, Payoff]>([
    ['empty', []],
    ['an empty part', [[1], []]],
    ['ragged', [[1, 2], [3]]],
    ['of unequal depth', [[1, 2], 3]],
    ['deeper than it begins', [1, [2]]],
    ['not finite', [[1, Number.NaN]]],
  ])('refuses a payoff that is %s', (_, payoff) => {
    expect(() => createMatrixGame(payoff)).toThrow(/Expected payoff to be/);
  });

  it('refuses a batch size that is no positive integer and a penalty that is a prize', () => {
    expect(() => createDominantGame({ batchSize: 0 })).toThrow(/batchSize/);
    expect(() => createPenaltyGame({ penalty: 1 })).toThrow(/penalty/);
  });

  it('names the error of a step that nobody can take', async () => {
    const game = createDominantGame();
    await expect(game.step(repeat(game, [0, 0]))).rejects.toThrow(GameNotRunningError);
  });

  it('stops with the reason of the signal', async () => {
    const game = createDominantGame();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(game.reset({ seed: 1, signal })).rejects.toThrow('enough');
    await game.reset({ seed: 1 });
    await expect(game.step(repeat(game, [0, 0]), { signal })).rejects.toThrow('enough');
  });
});

describe('createTwoStepGame', () => {
  it('lets the first agent pick the matrix, shows it, and pays in the second step', async () => {
    const game = createTwoStepGame({ batchSize: 4 });
    const start = await game.reset({ seed: 1 });
    expect([...start.observations.subarray(0, 3)]).toEqual([1, 0, 0]);
    const middle = await game.step({ 'agent-0': Int32Array.of(0, 1, 1, 1), 'agent-1': Int32Array.of(1, 1, 0, 1) });
    expect([...middle.rewards]).toEqual([0, 0, 0, 0]);
    expect([...middle.terminated]).toEqual([0, 0, 0, 0]);
    expect([...middle.state]).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
    const end = await game.step({ 'agent-0': Int32Array.of(1, 0, 1, 1), 'agent-1': Int32Array.of(0, 0, 0, 1) });
    expect([...end.rewards]).toEqual([7, 0, 1, 8]);
    expect([...end.terminated]).toEqual([1, 1, 1, 1]);
    expect(game.optimum).toBe(8);
  });
});

describe('createCoordinationBandit', () => {
  it('pays 1 for the own action of the context, 0.5 for another one together, 0 apart', async () => {
    const game = createCoordinationBandit({ agents: 2, actions: 2, contexts: 3, batchSize: 200 });
    const { observations } = await game.reset({ seed: 3 });
    const contexts = Array.from({ length: 200 }, (_, row) => observations.subarray(3 * row, 3 * row + 3).indexOf(1));
    for (const context of [0, 1, 2]) expect(contexts.filter((one) => one === context).length).toBeGreaterThan(40);
    const actions = { 'agent-0': new Int32Array(200), 'agent-1': Int32Array.from(contexts, (_, row) => row % 2) };
    const { rewards } = await game.step(actions);
    // Contexts 0 and 2 want action 0 of two, context 1 wants action 1.
    expect([...rewards]).toEqual(contexts.map((context, row) => (row % 2 === 1 ? 0 : context === 1 ? 0.5 : 1)));
  });

  it('adds noise of the given standard deviation, drawn from the seed', async () => {
    const game = createCoordinationBandit({ actions: 1, noise: 0.5, batchSize: 4000 });
    await game.reset({ seed: 3 });
    const { rewards } = await game.step(repeat(game, [0, 0]));
    const mean = rewards.reduce((sum, value) => sum + value, 0) / 4000;
    const variance = rewards.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000;
    // Four standard errors: 0.5 / sqrt(4000) is 0.0079; that of the deviation is 0.5 / sqrt(8000) = 0.0056.
    expect(Math.abs(mean - 1)).toBeLessThan(0.032);
    expect(Math.abs(Math.sqrt(variance) - 0.5)).toBeLessThan(0.023);
  });

  it.each([{ agents: 0 }, { actions: 1.5 }, { contexts: -1 }, { noise: -1 }, { noise: Number.NaN }])(
    'refuses %j',
    (options) => {
      expect(() => createCoordinationBandit(options)).toThrow(/Expected (agents|actions|contexts|noise)/);
    },
  );

  it('gives other tasks for another seed', async () => {
    const game = createCoordinationBandit({ batchSize: 64 });
    const first = (await game.reset({ seed: 5 })).observations;
    expect((await game.reset({ seed: 6 })).observations).not.toEqual(first);
  });
});
