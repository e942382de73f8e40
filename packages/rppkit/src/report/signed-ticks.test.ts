import { expect, it } from 'vitest';
import { createSignedTicks } from './signed-ticks.ts';

it.each([
  [[-0.013, 0.059], [-0.02, 0, 0.02, 0.04, 0.06], '.2f'],
  [[0.004, 0.02], [0, 0.005, 0.01, 0.015, 0.02], '.3f'],
  [[-0.9, -0.1], [-1, -0.8, -0.6, -0.4, -0.2, 0], '.2f'],
  [[0, 0], [0, 0.005], '.3f'],
])('encloses %j and 0', (values, ticks, format) => {
  const found = createSignedTicks(values);
  expect(found.format).toBe(format);
  expect(found.ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
});
