import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

const createReport = (users: number) =>
  Array.from({ length: users }, (_, user) =>
    createExampleTask({
      user: `u${user}`,
      candidates: [`c${user}`, 'd'],
      relevant: [user % 2 === 0 ? `c${user}` : 'd'],
    }),
  );

it('too-few-users: how many the wanted effect needs, and what those here find', () => {
  // ((1.959964 + 0.841621) x 0.25 / 0.1)^2 = 49.05; with 40 users 2.801585 x 0.25 / sqrt(40) = 0.1107.
  expect(lint({ report: createReport(40) }, { effect: 0.1 })).toEqual([
    {
      code: 'too-few-users',
      severity: 'warning',
      message:
        'Expected at least 50 report users to find a difference of 0.1 with a chance of 0.8 ' +
        '(level 0.05, standard deviation 0.25), received 40, which find 0.11 or more.',
      fix: 'Report on 50 users or more, or claim no difference below what these find.',
      counted: 'users',
      count: 40,
      examples: [],
    },
  ]);
  expect(lint({ report: createReport(49) }, { effect: 0.1 })).toHaveLength(1);
  expect(lint({ report: createReport(50) }, { effect: 0.1 })).toEqual([]);
});

it('too-few-users: follows its options', () => {
  // ((2.575829 + 1.281552) x 0.3 / 0.2)^2 = 33.48.
  const options = { effect: 0.2, standardDeviation: 0.3, power: 0.9, significanceLevel: 0.01 };
  expect(lint({ report: createReport(33) }, options)).toHaveLength(1);
  expect(lint({ report: createReport(34) }, options)).toEqual([]);
});

it('too-few-users: asks only where an effect is wanted and a report is given, and counts users, not tasks', () => {
  expect(lint({ report: createReport(2) })).toEqual([]);
  expect(lint({ train: createReport(2) }, { effect: 0.1 })).toEqual([]);
  expect(lint({ train: createReport(2), report: [] }, { effect: 0.1 })).toMatchObject([
    { count: 0, message: expect.stringContaining('received 0, which find nothing') },
  ]);
  const copies = createReport(30).flatMap(({ task, relevance }) => [
    { task, relevance },
    { task: { ...task, id: `${task.id} again`, candidates: task.candidates.toReversed() }, relevance },
  ]);
  expect(lint({ report: copies }, { effect: 0.1 })).toMatchObject([{ code: 'too-few-users', count: 30 }]);
});
