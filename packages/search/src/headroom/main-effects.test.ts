import { definePattern } from '@rppkit/patterns';
import { expect, it } from 'vitest';
import { listMainEffects } from './main-effects.ts';

it('gives effects with the standard error of a mean less the mean of all means', () => {
  const pattern = definePattern({
    name: 'role',
    section: 'role',
    expressions: ['a', 'b', 'c'].map((id) => ({ id, perspective: id, template: `Act as ${id}.` })),
  });
  const residuals = {
    cells: { count: 3, starts: Int32Array.of(0, 3) },
    effects: Float64Array.of(0.1, -0.1, 0),
    tasks: Int32Array.of(0, 1, 2, 3),
    chosen: Int32Array.of(0, 0, 1, 1),
    residuals: Float64Array.of(1, -1, 1, -1),
  };
  const [[a, b, c]] = listMainEffects(residuals, { patterns: [pattern] }) as [[object, object, object]];
  // Squares sum to 4, with 4 - 3 degrees of freedom: variance 4. Two answered expressions of two answers each: a less the mean
  // of both is half the difference, of variance (4 / 2 + 4 / 2) / 4 = 1.
  expect(a).toEqual({ id: 'a', answers: 2, effect: 0.1, error: 1 });
  expect(b).toEqual({ id: 'b', answers: 2, effect: -0.1, error: 1 });
  expect(c).toEqual({ id: 'c', answers: 0 });
});
