import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { fitRewardModel } from './reward-model.ts';

const { space, tasks, encoders } = createScriptedWorld({ users: 8, interaction: true });
/** Every prompt of every task, worth 1 for the user's own reasoning (2 for even tasks, 3 for odd ones) and 0 for all others. */
const rows = tasks.flatMap((_, task) =>
  [0, 1].flatMap((window) =>
    [0, 1, 2, 3].map((reasoning) => ({
      task,
      choice: [window, reasoning, 0],
      reward: Number(reasoning === 2 + (task % 2)),
    })),
  ),
);
const [even, odd] = tasks.map(({ task }) => task) as [(typeof tasks)[0]['task'], (typeof tasks)[0]['task']];

describe('fitRewardModel', () => {
  const model = fitRewardModel({ tasks, rows }, { space, encoders, penalty: 1e-6 });

  it('recovers rewards that are linear in the observation', () => {
    for (const { task, choice, reward } of rows)
      expect(model.predict(tasks[task]!.task, choice)).toBeCloseTo(reward, 4);
    expect([model.choose(even)[1], model.choose(odd)[1]]).toEqual([2, 3]);
    expect(model.rank(2, odd).map((choice) => choice[1])).toEqual([3, 3]);
  });

  it('chooses only what is legal', () => {
    // The longer window is worth more.
    const longer = rows.map((row) => ({ ...row, reward: row.reward + 0.5 * row.choice[0]! }));
    const own = fitRewardModel({ tasks, rows: longer }, { space, encoders, penalty: 1e-6 });
    expect(own.choose(even)).toEqual([1, 2, 0]);
    expect(own.choose({ ...even, history: even.history.slice(1) })).toEqual([0, 2, 0]);
  });

  it('is of the prompt alone without encoders, and of the average user without a task', () => {
    const plain = fitRewardModel({ tasks, rows }, { space, penalty: 1e-6 });
    // `even` and `odd` are each worth 1 for half of the users.
    expect(plain.predict(even, [0, 2, 0])).toBeCloseTo(0.5, 4);
    expect(
      model
        .rank(4)
        .map((choice) => choice[1])
        .sort(),
    ).toEqual([2, 2, 3, 3]);
  });

  it('refuses rows that say nothing', () => {
    const fitChanged = (changed: object) =>
      fitRewardModel({ tasks, rows: [{ ...rows[0]!, ...changed }] }, { space, encoders });
    expect(() => fitRewardModel({ tasks, rows: [] }, { space })).toThrow('at least one answered prompt');
    expect(() => fitChanged({ reward: Number.NaN })).toThrow(
      'Expected rows[0].reward to be a finite number, received NaN',
    );
    expect(() => fitChanged({ task: 8 })).toThrow('Expected rows[0].task to be an index in [0, 8)');
    expect(() => fitRewardModel({ tasks, rows }, { space, penalty: 0 })).toThrow('penalty');
  });
});
