import { createRandomStream, type JudgedTask, sampleDistinct } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

let created = 0;
const createPlaced = (places: Iterable<number>, size: number): JudgedTask => {
  const name = `t${created++}`;
  const candidates = Array.from({ length: size }, (_, place) => `${name}-${place}`);
  return createExampleTask({
    id: name,
    user: name,
    candidates,
    relevant: Array.from(places, (place) => candidates[place]!),
  });
};
/** `counts[place]` tasks with the target there. */
const createCounts = (counts: readonly number[]): JudgedTask[] =>
  counts.flatMap((count, place) => Array.from({ length: count }, () => createPlaced([place], counts.length)));
const findSkew = (report: readonly JudgedTask[], orderSignificanceLevel = 0.001) =>
  lint({ report }, { titles: false, orderSignificanceLevel }).filter(({ code }) => code === 'skewed-position');

it('skewed-position: counts that a random order hardly gives', () => {
  const report = createCounts([18, 2, 10, 10]);
  // (64 + 64) / 10 = 12.8 with 3 degrees of freedom: p = 0.00509 (scipy 1.10.1, scipy.stats.chisquare).
  expect(findSkew(report)).toEqual([]);
  expect(findSkew(report, 0.0051)).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message:
        'Expected the relevant item at every position equally often, received 18, 2, 10, 10 times at positions 1 to 4 of the report tasks (chi-square p = 0.0051).',
      count: 40,
    }),
  ]);
  expect(findSkew(report, 0.005)).toEqual([]);
});

it('skewed-position: counts neighbours together where few tasks leave less than 5 expected', () => {
  // 18 tasks of 10: 1.8 expected, so 3 positions each and 4 in the last range, 5.4 + 5.4 + 7.2. Counts 17, 1 and 0:
  // 24.92 + 3.59 + 7.2 = 35.7 with 2 degrees of freedom, p = exp(-17.85).
  const [finding] = findSkew(createCounts([9, 8, 0, 0, 1, 0, 0, 0, 0, 0]));
  expect(finding!.message).toContain('9, 8, 0, 0, 1, 0, 0, 0, 0, 0 times at positions 1 to 10');
  expect(finding!.message).toContain('p = 1.8e-8');
  // 9 and 3 where 6 and 6 are expected: 3 with 1 degree, p = .083.
  const twelve = createCounts([9, 0, 2, 1]);
  expect(findSkew(twelve, 0.083)).toEqual([]);
  expect(findSkew(twelve, 0.084)).toHaveLength(1);
});

it('skewed-position: is silent where no two ranges have 5 expected, and where the position is constant', () => {
  expect(findSkew(createCounts([8, 1, 0, 0]))).toEqual([]);
  expect(findSkew(createCounts([9, 1]), 0.5)).toHaveLength(1);
  expect(findSkew(createCounts([8, 1]), 0.5)).toEqual([]);
  expect(findSkew(createCounts([19, 0, 0, 0]))).toEqual([]);
  expect(findSkew(createCounts([200, 0, 0, 0]))).toEqual([]);
  // Where every candidate is relevant, position says nothing.
  expect(findSkew(Array.from({ length: 20 }, () => createPlaced([0, 1, 2], 3)))).toEqual([]);
});

it('skewed-position: adds groups of different size, and shows the largest', () => {
  // 6 with 1 degree (p = .0143) and 9.8 with 3 (.0203) make 15.8 with 4 (.0033); scipy.stats.chi2.sf.
  const groups = [...createCounts([18, 6]), ...createCounts([17, 3, 10, 10])];
  expect(findSkew(createCounts([18, 6]), 0.01)).toEqual([]);
  expect(findSkew(createCounts([17, 3, 10, 10]), 0.01)).toEqual([]);
  expect(findSkew(groups, 0.003)).toEqual([]);
  expect(findSkew(groups.toReversed(), 0.01)).toEqual([
    expect.objectContaining({ message: expect.stringContaining('17, 3, 10, 10 times') }),
  ]);
  expect(findSkew(groups, 0.01)).toMatchObject([
    { count: 64, message: expect.stringContaining('17, 3, 10, 10 times') },
  ]);
});

it('skewed-position: holds its level for several relevant items', () => {
  const random = createRandomStream(1);
  const sets = 400;
  let flagged = 0;
  for (let set = 0; set < sets; set++) {
    flagged += findSkew(
      Array.from({ length: 20 }, () => createPlaced(sampleDistinct(random, 6, 3), 6)),
      0.1,
    ).length;
  }
  // Binomial with 400 draws at .1: mean 40, standard deviation 6. Without the factor for several items about 2 are flagged.
  expect(Math.abs(flagged - 40)).toBeLessThan(18);
});
