import { createRandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { createInteractionLog } from '../interaction-log.ts';
import type { InteractionSplit } from '../splits/interaction-split.ts';
import { splitByRatio } from '../splits/split-by-ratio.ts';
import { splitByTime } from '../splits/split-by-time.ts';
import { splitLeaveOneOut } from '../splits/split-leave-one-out.ts';
import type { Repeats } from '../user-sequences.ts';
import { createJudgedTasks, type TaskTarget } from './judged-tasks.ts';
import { listTaskUsers } from './list-task-users.ts';

const known = Array.from({ length: 20 }, (_, item) => ({ id: `n${item}`, title: `n${item}` }));

describe('listTaskUsers', () => {
  it('leaves out who has nothing before or after a cut in time', () => {
    // early: before the cut alone; late: after it alone; both: two items before and two after.
    const times = { early: [1, 2], both: [1, 2, 10, 11], late: [10, 11] };
    const log = createInteractionLog(
      Object.entries(times).flatMap(([user, own]) => own.map((time) => ({ user, item: `i${time}`, time }))),
      known,
    );
    const split = splitByTime({ name: 'cut', log, order: 'timestamp' }, { validationFrom: 10, testFrom: 11 });
    const list = (options: Parameters<typeof listTaskUsers>[1]) =>
      Array.from(listTaskUsers(split, options), (user) => log.users[user]);
    expect(list({ target: 'test' })).toEqual(['both', 'late']);
    expect(list({ target: 'validation' })).toEqual(['both']);
    expect(list({ target: 'test', minimumHistory: 2 })).toEqual(['both']);
    expect(list({ target: 'test', minimumHistory: 4 })).toEqual([]);
    expect(list({ target: 'test', relevant: 2 })).toEqual([]);
    expect(() => list({ target: 'test', relevant: 0 })).toThrow('Expected relevant to be a positive integer');
    expect(() => list({ target: 'test', minimumHistory: 0 })).toThrow('Expected minimumHistory to be');
    expect(() => list({ target: 'train' as 'test' })).toThrow('Expected target to be');
  });

  it('lists those of whom tasks are made, and no others', () => {
    const row = fc.record({
      user: fc.constantFrom('u', 'v', 'w'),
      item: fc.constantFrom(...'abcd'),
      time: fc.nat(9),
    });
    const way = fc.constantFrom<(dataset: Dataset, repeats: Repeats) => InteractionSplit>(
      (dataset, repeats) => splitLeaveOneOut(dataset, { repeats, validation: 2 }),
      (dataset, repeats) => splitByRatio(dataset, { train: 0.4, validation: 0.3, test: 0.3, repeats }),
      (dataset, repeats) => splitByTime(dataset, { validationFrom: 3, testFrom: 6, repeats }),
    );
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 25, size: 'max' }),
        fc.constantFrom<Repeats>('first', 'last', 'keep'),
        way,
        fc.constantFrom<TaskTarget>('validation', 'test'),
        fc.integer({ min: 1, max: 2 }),
        (rows, repeats, split, target, relevant) => {
          const dataset: Dataset = { name: 'any', log: createInteractionLog(rows, known), order: 'timestamp' };
          const parts = split(dataset, repeats);
          const listed = listTaskUsers(parts, { target, relevant });
          const random = createRandomStream(1);
          for (const user of dataset.log.users.keys()) {
            const create = () =>
              createJudgedTasks(dataset, { users: Int32Array.of(user), target, relevant, split: parts, random });
            if (listed.includes(user)) expect(create()[0]!.task.history.length).toBeGreaterThan(0);
            else expect(create).toThrow(DatasetError);
          }
        },
      ),
    );
  });
});
