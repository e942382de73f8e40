import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createJudgedTasks, type Dataset, type InteractionLog, selectRows, splitUsers } from '@rppkit/datasets';
import { readDataset } from '@rppkit/datasets/node';
import { createRandomStream } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKnowledge, type KnownItem } from './knowledge.ts';

const dataFolder = process.env['RPPKIT_DATA'];

describe.skipIf(dataFolder === undefined)(
  'knowledge from users outside the evaluation of ml-100k (skipped unless RPPKIT_DATA names its folder)',
  () => {
    let dataset: Dataset;
    let evaluated: ReadonlySet<string>;
    beforeAll(async () => {
      dataset = await readDataset(join(dataFolder!, 'ml-100k'));
      const { report } = splitUsers(dataset, { train: 0, report: 200, random: createRandomStream(1) });
      evaluated = new Set(Array.from(report, (user) => dataset.log.users[user]!));
    });

    /** What the users who are not evaluated tell of every title. */
    const describeKnowledge = (log: InteractionLog): readonly (KnownItem | undefined)[] => {
      const outside = Int32Array.from(log.users.keys()).filter((user) => !evaluated.has(log.users[user]!));
      const { find } = createKnowledge({ ...dataset, log }, { users: outside, associations: {} });
      return dataset.log.items.map(({ title }) => find(title));
    };
    const countDifferences = (
      some: readonly (KnownItem | undefined)[],
      others: readonly (KnownItem | undefined)[],
    ): number => some.filter((known, index) => !isDeepStrictEqual(known, others[index])).length;
    const changeRows = (change: (user: string, item: number) => number): InteractionLog => ({
      ...dataset.log,
      item: dataset.log.item.map((item, row) => change(dataset.log.users[dataset.log.user[row]!]!, item)),
    });

    it('reads no row of an evaluated user: items that do not exist change nothing there', () => {
      const spoilt = changeRows((user, item) => (evaluated.has(user) ? -1 : item));
      const expected = describeKnowledge(dataset.log);
      expect(expected.filter((known) => known?.vector !== undefined).length).toBeGreaterThan(1500);
      expect(countDifferences(describeKnowledge(spoilt), expected)).toBe(0);
      // A row of any other user is read.
      const outsider = dataset.log.users.find((user) => !evaluated.has(user));
      const changed = changeRows((user, item) => (user === outsider ? 0 : item));
      expect(countDifferences(describeKnowledge(changed), expected)).toBeGreaterThan(1000);
    });

    it('is equal to the bit without the evaluated users, and with other targets for them', () => {
      const expected = describeKnowledge(dataset.log);
      const { user, users } = dataset.log;
      const mask = Uint8Array.from(user, (own) => Number(!evaluated.has(users[own]!)));
      expect(countDifferences(describeKnowledge(selectRows(dataset, mask).log), expected)).toBe(0);

      const report = Int32Array.from(users.keys()).filter((own) => evaluated.has(users[own]!));
      const judged = createJudgedTasks(dataset, { users: report, target: 'test', random: createRandomStream(2) });
      const targets = new Map(judged.map(({ task, relevance }) => [task.user, [...relevance.keys()][0]!]));
      const moved = changeRows((own, item) =>
        dataset.log.items[item]!.id === targets.get(own) ? (item + 1) % dataset.log.items.length : item,
      );
      expect(moved.item).not.toEqual(dataset.log.item);
      expect(countDifferences(describeKnowledge(moved), expected)).toBe(0);
    });

    it('would show them if they were known', () => {
      const { log } = dataset;
      const { find } = createKnowledge(dataset, { users: 'all', associations: {} });
      const all = log.items.map(({ title }) => find(title));
      expect(countDifferences(all, describeKnowledge(log))).toBeGreaterThan(1000);
    });
  },
);
