import type { JudgedTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { type LintOptions, lint } from '../lint.ts';

/** One task for each list of places (from 0) of relevant items, with `sizes[task]` candidates. */
const createPlaced = (places: readonly (readonly number[])[], sizes: readonly number[], name = 't'): JudgedTask[] =>
  places.map((own, task) => {
    const candidates = Array.from({ length: sizes[task]! }, (_, place) => `${name}${task}-${place}`);
    return createExampleTask({
      id: `${name}${task}`,
      user: `${name}${task}`,
      candidates,
      relevant: own.map((place) => candidates[place]!),
    });
  });
const repeat = <Value>(count: number, value: Value): Value[] => new Array<Value>(count).fill(value);
const findPositions = (report: readonly JudgedTask[], options: LintOptions = {}) =>
  lint({ report }, { titles: false, ...options }).filter(({ code }) => code.endsWith('-position'));

it('constant-position: the target in one slot of all tasks, for each role', () => {
  const train = createPlaced(repeat(6, [0]), repeat(6, 10), 'train');
  const report = createPlaced(repeat(8, [3]), repeat(8, 10), 'report');
  expect(lint({ train, report })).toEqual([
    expect.objectContaining({
      code: 'constant-position',
      severity: 'error',
      message:
        'Expected the relevant item at a random position of each task, received it at position 1 of all 6 train tasks.',
      count: 6,
      examples: ['train0', 'train1', 'train2', 'train3', 'train4'],
    }),
    expect.objectContaining({ message: expect.stringContaining('position 4 of all 8 report tasks') }),
  ]);
});

it('constant-position: is silent where so few tasks agree by chance', () => {
  // Chance is 10^-(n - 1) and has to be below .001.
  expect(findPositions(createPlaced(repeat(4, [2]), repeat(4, 10)))).toEqual([]);
  expect(findPositions(createPlaced(repeat(5, [2]), repeat(5, 10)))).toHaveLength(1);
  expect(findPositions(createPlaced(repeat(4, [2]), repeat(4, 10)), { orderSignificanceLevel: 0.01 })).toHaveLength(1);
  expect(findPositions(createPlaced(repeat(10, [1]), repeat(10, 2)))).toEqual([]);
  expect(findPositions(createPlaced(repeat(11, [1]), repeat(11, 2)))).toHaveLength(1);
});

it('constant-position: counts from the back where sizes differ', () => {
  const sizes = [8, 9, 10, 11, 12];
  const report = createPlaced(
    sizes.map((size) => [size - 1]),
    sizes,
  );
  expect(findPositions(report)).toMatchObject([
    { message: expect.stringContaining('at position 1 from the end of all 5') },
  ]);
  expect(findPositions(createPlaced(repeat(5, [1]), sizes))).toMatchObject([
    { message: expect.stringContaining('at position 2 of all 5') },
  ]);
});

it('constant-position: several relevant items in the same slots', () => {
  expect(findPositions(createPlaced(repeat(5, [0, 4]), repeat(5, 6)))).toMatchObject([
    { message: expect.stringContaining('at position 1 and 5 of all 5') },
  ]);
  // Of 7 candidates 2 are chosen in 21 ways, and 21^-2 is not below .001.
  expect(findPositions(createPlaced(repeat(3, [0, 4]), repeat(3, 7)))).toEqual([]);
});

it('constant-position: one other position, or a task without a relevant candidate, ends it', () => {
  expect(findPositions(createPlaced([...repeat(9, [0]), [1]], repeat(10, 10)))).toEqual([]);
  expect(findPositions(createPlaced([...repeat(9, [0]), []], repeat(10, 10)))).toEqual([]);
  expect(findPositions(createPlaced([...repeat(9, [0]), [0, 1]], repeat(10, 10)))).toEqual([]);
  expect(findPositions(createPlaced(repeat(9, [0]), repeat(9, 1)))).toEqual([]);
});
