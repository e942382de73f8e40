import { expect, it } from 'vitest';
import { selectTrial } from './select-trial.ts';

it.each([
  // Differences 1, 1, -1, 1: mean .5, standard deviation 1, standard error .5.
  [[1, 1, 3, 1], [2, 2, 2, 2], 0],
  // The same with one value lower: differences 1.1, 1, -1, 1: mean .525, standard error .5089 as worked out by hand.
  [[0.9, 1, 3, 1], [2, 2, 2, 2], 1],
  [[3, 3, 3, 3], [2, 2, 2, 2], 0],
  [[2, 2, 2, 2], [2, 2, 2, 2], 0],
])('keeps the defaults within one standard error of the best: %j and %j', (first, second, expected) => {
  expect(selectTrial([first, second].map((values) => Float64Array.from(values)))).toBe(expected);
});

it('takes the earliest of several', () => {
  const values = [
    [0, 0, 0, 0],
    [2, 1, 2, 2],
    [2, 2, 2, 2],
  ].map((one) => Float64Array.from(one));
  // Differences of the second: 0, 1, 0, 0: mean .25, standard error .25.
  expect(selectTrial(values)).toBe(1);
});
