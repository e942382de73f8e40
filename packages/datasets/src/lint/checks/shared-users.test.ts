import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

const createGroup = (name: string, users: string) =>
  [...users].map((user) =>
    createExampleTask({ id: `${name} ${user}`, user, relevant: [name], candidates: [name, 'z'] }),
  );

it('shared-users: report users with training or validation tasks', () => {
  const tasks = {
    train: createGroup('m', 'abcdefgh'),
    validation: createGroup('n', 'hij'),
    report: createGroup('o', 'xjhgfedcb'),
  };
  expect(lint(tasks)).toEqual([
    {
      code: 'shared-users',
      severity: 'error',
      message:
        'Expected report users without training or validation tasks, received 8 of 9 with some (7 in training, 2 in validation).',
      fix: 'Split the users with splitUsers before tasks are made.',
      counted: 'users',
      count: 8,
      examples: ['j', 'h', 'g', 'f', 'e'],
    },
  ]);
});

it('shared-users: users that train and validate are not reported', () => {
  expect(
    lint({ train: createGroup('m', 'ab'), validation: createGroup('n', 'bc'), report: createGroup('o', 'd') }),
  ).toEqual([]);
});
