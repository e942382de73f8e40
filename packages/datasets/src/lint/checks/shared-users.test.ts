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
  expect(lint(tasks).filter(({ code }) => code === 'shared-users')).toEqual([
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

it('trained-validation-users: users that train and validate, though they are not reported', () => {
  const report = createGroup('o', 'd');
  expect(lint({ train: createGroup('m', 'ab'), validation: createGroup('n', 'bc'), report })).toEqual([
    {
      code: 'trained-validation-users',
      severity: 'warning',
      message: 'Expected validation users without training tasks, received 1 of 2 with some.',
      fix: 'Choose models on users of their own (validation of splitUsers).',
      counted: 'users',
      count: 1,
      examples: ['b'],
    },
  ]);
  expect(lint({ train: createGroup('m', 'ab'), validation: createGroup('n', 'c'), report })).toEqual([]);
});
