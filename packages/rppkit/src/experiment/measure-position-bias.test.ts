import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { measurePositionBias } from './measure-position-bias.ts';

const candidates = Array.from({ length: 4 }, (_, index) => ({ id: `i${index}`, title: `Item ${index}` }));
const createTask = (user: number, position: number): JudgedTask => ({
  task: { id: `t${user}`, user: `u${user}`, history: [], candidates },
  relevance: new Map([[`i${position}`, 1]]),
});
const random = createRandomStream('position');
const row = { id: 'rpp', label: 'RPP', random } as const;

it('finds the slope of an answer that favours what is shown first, and positions without users', () => {
  const tasks = Array.from({ length: 60 }, (_, user) => createTask(user, user % 3));
  const values = tasks.map((_, user) => 0.9 - 0.2 * (user % 3) + (user % 2 === 0 ? 0.01 : -0.01));
  const bias = measurePositionBias(tasks, { ...row, values })!;
  expect(bias.positions.map(({ count }) => count)).toEqual([20, 20, 20, 0]);
  expect(bias.positions.map(({ mean }) => mean?.toFixed(6) ?? null)).toEqual([
    '0.900000',
    '0.700000',
    '0.500000',
    null,
  ]);
  expect(bias.slope.mean).toBeCloseTo(-0.2, 3);
  expect(bias.slope.low).toBeLessThan(bias.slope.mean);
  expect(bias.slope.high).toBeLessThan(0);
  expect(bias.slopeP).toBeLessThan(0.001);
  expect(bias.anyEffectP).toBeCloseTo(1 / 2001, 9);
});

it('says nothing of too few users, or of one position', () => {
  const tasks = [0, 1].map((user) => createTask(user, user));
  expect(measurePositionBias(tasks, { ...row, values: [1, 0] })).toBeUndefined();
  const alike = [0, 1, 2].map((user) => createTask(user, 1));
  expect(measurePositionBias(alike, { ...row, values: [1, 0, 1] })).toBeUndefined();
});
