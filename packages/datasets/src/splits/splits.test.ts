import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { filterByTime } from '../filters/filter-by-time.ts';
import { createInteractionLog } from '../interaction-log.ts';
import type { Repeats } from '../user-sequences.ts';
import type { InteractionSplit } from './interaction-split.ts';
import { computeRowRoles, rowRoles } from './row-roles.ts';
import { splitByRatio } from './split-by-ratio.ts';
import { splitByTime } from './split-by-time.ts';
import { splitLeaveOneOut } from './split-leave-one-out.ts';

/** User number n has n items in row order, from n = 1 on. */
const createSteps = (users: number): Dataset => ({
  name: 'steps',
  log: createInteractionLog(
    Array.from({ length: users }, (_, user) =>
      Array.from({ length: user + 1 }, (_, step) => ({ user: `u${user + 1}`, item: `i${step}`, time: 10 * step })),
    ).flat(),
  ),
  order: 'timestamp',
});
/** Sizes of training, validation and test part by user. */
const listSizes = ({ sequences, validationStart, testStart }: InteractionSplit): number[][] =>
  Array.from(testStart, (test, user) => [
    validationStart[user]!,
    test - validationStart[user]!,
    sequences.items(user).length - test,
  ]);

describe('splitLeaveOneOut', () => {
  it('tests the last item, validates those before it, and always trains the first', () => {
    const dataset = createSteps(5);
    expect(listSizes(splitLeaveOneOut(dataset))).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [1, 1, 1],
      [2, 1, 1],
      [3, 1, 1],
    ]);
    expect(listSizes(splitLeaveOneOut(dataset, { validation: 2 })).slice(2)).toEqual([
      [1, 1, 1],
      [1, 2, 1],
      [2, 2, 1],
    ]);
    expect(listSizes(splitLeaveOneOut(dataset, { validation: 0 }))[4]).toEqual([4, 0, 1]);
  });

  it('resolves repeats first and keeps the complete sequences: x, y, z, x', () => {
    const log = createInteractionLog([...'xyzx'].map((item) => ({ user: 'u', item })));
    const split = splitLeaveOneOut({ name: 'r', log, order: 'column' });
    expect([...split.sequences.rows(0)]).toEqual([1, 2, 3]);
    expect([...split.complete.rows(0)]).toEqual([0, 1, 2, 3]);
    expect(split.sequences.repeated).toBe(1);
    expect(split.repeats).toBe('last');
    const kept = splitLeaveOneOut({ name: 'r', log, order: 'column' }, { repeats: 'keep' });
    expect(kept.sequences).toBe(kept.complete);
    expect(listSizes(kept)).toEqual([[2, 1, 1]]);
  });

  it('refuses order none and options that it does not know', () => {
    const dataset = createSteps(3);
    expect(() => splitLeaveOneOut({ ...dataset, order: 'none' })).toThrow('dataset.order');
    expect(() => splitLeaveOneOut(dataset, { validation: -1 })).toThrow('Expected validation to be');
    expect(() => splitLeaveOneOut(dataset, { repeats: 'all' as 'keep' })).toThrow('Expected repeats to be');
  });
});

describe('splitByRatio', () => {
  it('rounds down, and fills empty parts from training, test first', () => {
    // RecBole's _calcu_split_ids, by hand: 1: [1,0,0]. 2: test takes one, [1,0,1]. 3: [1,1,1]. 10: [8,1,1]. 19: 1.9 gives 1.
    const sizes = listSizes(splitByRatio(createSteps(20)));
    expect([1, 2, 3, 10, 19, 20].map((items) => sizes[items - 1])).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [1, 1, 1],
      [8, 1, 1],
      [17, 1, 1],
      [16, 2, 2],
    ]);
  });

  it('does not lose an item to floating point: 0.29 * 100', () => {
    const split = splitByRatio(createSteps(100), { train: 0.6, validation: 0.11, test: 0.29 });
    expect(listSizes(split)[99]).toEqual([60, 11, 29]);
  });

  it('does not take the last training item', () => {
    const split = splitByRatio(createSteps(2), { train: 0.05, validation: 0.9, test: 0.05 });
    expect(listSizes(split)[1]).toEqual([1, 1, 0]);
  });

  it('leaves parts without a share empty', () => {
    const split = splitByRatio(createSteps(4), { train: 0.5, validation: 0, test: 0.5 });
    expect(listSizes(split)).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [2, 0, 1],
      [2, 0, 2],
    ]);
  });

  it('refuses order none and shares out of range', () => {
    const dataset = createSteps(2);
    expect(() => splitByRatio({ ...dataset, order: 'none' })).toThrow('dataset.order');
    expect(() => splitByRatio(dataset, { train: 0.9 })).toThrow('Expected train + validation + test to be 1');
    expect(() => splitByRatio(dataset, { train: 1.2, validation: -0.2, test: 0 })).toThrow('Expected train to be');
    expect(() => splitByRatio(dataset, { test: Number.NaN })).toThrow('Expected test to be');
  });
});

describe('splitByTime', () => {
  it('cuts all users at the same moments, which belong to the later part', () => {
    expect(listSizes(splitByTime(createSteps(5), { validationFrom: 20, testFrom: 30 }))).toEqual([
      [1, 0, 0],
      [2, 0, 0],
      [2, 1, 0],
      [2, 1, 1],
      [2, 1, 2],
    ]);
    expect(listSizes(splitByTime(createSteps(2), { validationFrom: 5, testFrom: 5 }))).toEqual([
      [1, 0, 0],
      [1, 0, 1],
    ]);
  });

  it('refuses other orders and moments that are not in order', () => {
    const dataset = createSteps(2);
    const moments = { validationFrom: 1, testFrom: 2 };
    expect(() => splitByTime({ ...dataset, order: 'column' }, moments)).toThrow('Expected dataset.order');
    expect(() => splitByTime({ ...dataset, order: 'none' }, moments)).toThrow('Expected dataset.order');
    expect(() => splitByTime(dataset, { validationFrom: 3, testFrom: 2 })).toThrow('Expected validationFrom to be');
    expect(() => splitByTime(dataset, { validationFrom: -Infinity, testFrom: 2 })).toThrow('validationFrom');
    expect(() => splitByTime(dataset, { validationFrom: 3, testFrom: Number.NaN })).toThrow('Expected testFrom to be');
  });
});

describe('computeRowRoles', () => {
  it('gives each row its part, and repeats their own role', () => {
    const log = createInteractionLog([...'xyzxw'].map((item) => ({ user: 'u', item })));
    const dataset: Dataset = { name: 'r', log, order: 'column' };
    const { train, validation, test, repeat } = rowRoles;
    const last = computeRowRoles(dataset, splitLeaveOneOut(dataset));
    expect([...last]).toEqual([repeat, train, train, validation, test]);
    const first = computeRowRoles(dataset, splitLeaveOneOut(dataset, { repeats: 'first' }));
    expect([...first]).toEqual([train, train, validation, repeat, test]);
  });

  it('refuses a split of other users', () => {
    expect(() => computeRowRoles(createSteps(3), splitLeaveOneOut(createSteps(2)))).toThrow('Expected split to be');
    // A filter may keep all users and drop rows.
    const steps = createSteps(3);
    const shorter = filterByTime(steps, { to: 20 });
    expect(shorter.log.users).toHaveLength(3);
    expect(() => computeRowRoles(shorter, splitLeaveOneOut(steps))).toThrow('made from the log of data set steps');
  });

  it('never gives a (user, item) pair two roles, or a row where repeats are kept, and no part is older than one before it', () => {
    const row = fc.record({
      user: fc.constantFrom('u', 'v'),
      item: fc.constantFrom(...'abcdef'),
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
        (rows, repeats, split) => {
          const dataset: Dataset = { name: 'x', log: createInteractionLog(rows), order: 'timestamp' };
          const parts = split(dataset, repeats);
          const roles = computeRowRoles(dataset, parts);
          const rolesOfPairs = new Map<string, Set<number>>();
          const latest = new Map<string, number>();
          for (const [index, role] of [...roles.entries()].sort((a, b) => a[1] - b[1])) {
            if (role === rowRoles.repeat) continue;
            const { user, item, time } = rows[index]!;
            const pair = `${user}${item}`;
            rolesOfPairs.set(pair, (rolesOfPairs.get(pair) ?? new Set()).add(role));
            const older = latest.get(`${user}${role - 1}`) ?? -1;
            expect(time).toBeGreaterThanOrEqual(older);
            latest.set(`${user}${role}`, Math.max(time, latest.get(`${user}${role}`) ?? -1));
          }
          const repeated = roles.filter((role) => role === rowRoles.repeat).length;
          expect(repeated).toBe(repeats === 'keep' ? 0 : parts.sequences.repeated);
          if (repeats !== 'keep') for (const found of rolesOfPairs.values()) expect(found.size).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
