import { presentTask, type RankingTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import type { AskedPrompts } from './ask-prompts.ts';
import { computePositionSlopes } from './compute-position-slopes.ts';

const task: RankingTask = {
  id: 'task',
  user: 'u',
  history: [],
  candidates: ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id })),
};
const ask = (rankings: readonly Int32Array[]): AskedPrompts => ({
  users: 1,
  prompts: 1,
  draws: rankings.length,
  values: new Float64Array(rankings.length),
  rankings,
  incomplete: 0,
});
const orders = [0, 1, 2].map((order) => presentTask(task, order).order);

it('is 1 place a slot where answers repeat the order of the prompt', () => {
  expect(
    computePositionSlopes(
      [task],
      orders.map((order) => ask([order])),
    )[0],
  ).toBeCloseTo(1, 12);
});

it('is 0 where the order of the prompt plays no part, and passes incomplete answers over', () => {
  const ranking = Int32Array.of(2, 0, 3, 1);
  const answers = orders.map(() => ask([ranking, Int32Array.of(1)]));
  expect(computePositionSlopes([task], answers)[0]).toBeCloseTo(0, 12);
});
