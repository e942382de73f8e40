import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { computeVarianceComponents } from './compute-variance-components.ts';

it('gives the components of two users, two prompts and two draws as worked by hand', () => {
  // Cells 2, 3 and 6, 9. Mean squares: draws 8 / 4 = 2, interaction 2, users 50, prompts 8.
  const values = Float64Array.of(1, 3, 2, 4, 5, 7, 8, 10);
  const components = computeVarianceComponents({ users: 2, prompts: 2, draws: 2, values });
  expect(components.draw).toBeCloseTo(Math.sqrt(2), 12);
  expect(components.interaction).toBeCloseTo(0, 12);
  expect(components.user).toBeCloseTo(Math.sqrt((50 - 2) / 4), 12);
  expect(components.prompt).toBeCloseTo(Math.sqrt((8 - 2) / 4), 12);
});

it('finds the components that a table was drawn with, whatever the noise', () => {
  const [users, prompts, draws] = [2000, 40, 2];
  const random = createRandomStream(1);
  const user = Array.from({ length: users }, () => 0.2 * random.normal());
  const prompt = Array.from({ length: prompts }, () => 0.05 * random.normal());
  const values = new Float64Array(users * prompts * draws);
  for (let cell = 0; cell < users * prompts; cell++) {
    const both = user[Math.floor(cell / prompts)]! + prompt[cell % prompts]! + 0.15 * random.normal();
    for (let draw = 0; draw < draws; draw++) values[cell * draws + draw] = both + 0.3 * random.normal();
  }
  const components = computeVarianceComponents({ users, prompts, draws, values });
  // Standard errors are about 0.0033 of the user's, 0.0057 of the prompt's and below 0.001 of the other two.
  expect(Math.abs(components.user - 0.2)).toBeLessThan(0.013);
  expect(Math.abs(components.prompt - 0.05)).toBeLessThan(0.023);
  expect(Math.abs(components.interaction - 0.15)).toBeLessThan(0.004);
  expect(Math.abs(components.draw - 0.3)).toBeLessThan(0.004);
});

it('reports a component that is estimated below 0 as 0', () => {
  const values = Float64Array.of(0, 1, 1, 0, 0, 1, 1, 0);
  expect(computeVarianceComponents({ users: 2, prompts: 2, draws: 2, values })).toMatchObject({ user: 0, prompt: 0 });
});
