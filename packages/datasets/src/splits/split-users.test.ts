import { createRandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInteractionLog } from '../interaction-log.ts';
import { splitUsers } from './split-users.ts';

/** User number n has n different items and one repeat. */
const rows = Array.from({ length: 21 }, (_, user) =>
  [...Array.from({ length: user }, (_, item) => item), 0].map((item) => ({ user: `u${user}`, item: `i${item}` })),
).flat();
const dataset = { name: 'steps', log: createInteractionLog(rows), order: 'column' } as const;

describe('splitUsers', () => {
  it('gives disjoint groups of users with enough different items, which cover all of these', () => {
    const { train, report, rest } = splitUsers(dataset, {
      train: 6,
      report: 5,
      minimumHistory: 3,
      random: createRandomStream(1),
    });
    expect([train.length, report.length, rest.length]).toEqual([6, 5, 5]);
    const all = [...train, ...report, ...rest].sort((a, b) => a - b);
    // u5 … u20 have at least 3 + 2 items.
    expect(all.map((user) => dataset.log.users[user])).toEqual(
      Array.from({ length: 16 }, (_, index) => `u${index + 5}`),
    );
  });

  it('draws from the given users alone, and refuses those that do not exist or come twice', () => {
    const among = Int32Array.of(20, 1, 9, 7, 12);
    const random = createRandomStream(1);
    const { train, report, rest } = splitUsers(dataset, { train: 2, report: 1, among, random });
    expect([...train, ...report, ...rest].toSorted((a, b) => a - b)).toEqual([7, 9, 12, 20]);
    expect(() => splitUsers(dataset, { train: 4, report: 1, among, random })).toThrow('received 4 of 5');
    for (const wrong of [Int32Array.of(3, 3), Int32Array.of(21), Int32Array.of(-1)]) {
      expect(() => splitUsers(dataset, { train: 0, report: 0, among: wrong, random })).toThrow(
        'Expected among to be different indices below 21',
      );
    }
  });

  it('needs three different items whatever the history', () => {
    for (const options of [{}, { minimumHistory: 0 }, { minimumHistory: 1 }]) {
      const { rest } = splitUsers(dataset, { train: 0, report: 0, random: createRandomStream(1), ...options });
      expect(rest.length).toBe(18);
    }
  });

  it('repeats itself for the same seed, differs for another, and leaves its stream alone', () => {
    const random = createRandomStream(1);
    const first = splitUsers(dataset, { train: 6, report: 6, random });
    expect(splitUsers(dataset, { train: 6, report: 6, random })).toEqual(first);
    expect(splitUsers(dataset, { train: 6, report: 6, random: createRandomStream(2) })).not.toEqual(first);
  });

  it('reports on the same users however many train', () => {
    const split = (train: number): Int32Array =>
      splitUsers(dataset, { train, report: 6, random: createRandomStream(1) }).report;
    expect(split(12)).toEqual(split(1));
  });

  it('gives validation users of their own, the same ones however many train', () => {
    const split = (train: number, validation: number) =>
      splitUsers(dataset, { train, validation, report: 4, random: createRandomStream(1) });
    const { train, validation, report, rest } = split(5, 3);
    expect([train.length, validation.length, report.length, rest.length]).toEqual([5, 3, 4, 6]);
    expect(new Set([...train, ...validation, ...report, ...rest]).size).toBe(18);
    expect(split(9, 3).validation).toEqual(validation);
    expect(split(9, 0).report).toEqual(report);
    expect(split(5, 0).train).toEqual(train);
    expect(split(5, 0).validation).toHaveLength(0);
  });

  it('gives disjoint groups whatever their sizes', () => {
    const size = fc.nat(6);
    fc.assert(
      fc.property(size, size, size, fc.integer(), (train, validation, report, seed) => {
        const split = splitUsers(dataset, { train, validation, report, random: createRandomStream(seed) });
        const all = [split.train, split.validation, split.report, split.rest].flatMap((group) => [...group]);
        expect(new Set(all).size).toBe(18);
        expect(all).toHaveLength(18);
        expect([split.train.length, split.validation.length, split.report.length]).toEqual([train, validation, report]);
      }),
    );
  });

  it('refuses to split more users than there are', () => {
    expect(() => splitUsers(dataset, { train: 10, report: 9, random: createRandomStream(1) })).toThrow(
      'steps: expected at least 19 users with 3 or more different items, received 18 of 21.',
    );
    expect(() => splitUsers(dataset, { train: -1, report: 9, random: createRandomStream(1) })).toThrow(
      'Expected train to be',
    );
    expect(() => splitUsers(dataset, { train: 9, validation: 1, report: 9, random: createRandomStream(1) })).toThrow(
      'at least 19 users',
    );
  });
});
