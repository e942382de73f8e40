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

it('is NaN where one order says nothing of places', () => {
  expect(computePositionSlopes([task], [ask([orders[0]!])])[0]).toBeNaN();
});

it('is that of least squares within candidates, as worked by hand', () => {
  // Two points a candidate: products and squares about their middle are halves of those of the differences.
  const slots = orders.slice(0, 2).map((order) => [0, 1, 2, 3].map((candidate) => order.indexOf(candidate)));
  const own = Int32Array.of(0, 1, 2, 3);
  expect([...orders[0]!]).toEqual([...own]);
  // The first answer repeats its order, the second reverses it.
  const reversed = Int32Array.from(orders[1]!).reverse();
  let products = 0;
  let squares = 0;
  for (const candidate of own) {
    const [first, second] = slots.map((slot) => slot[candidate]!) as [number, number];
    products += ((first - second) / 2) * (first - (3 - second));
    squares += (first - second) ** 2 / 2;
  }
  const [slope] = computePositionSlopes([task], [ask([own]), ask([reversed])]);
  expect(slope).toBeCloseTo(products / squares, 12);
});
