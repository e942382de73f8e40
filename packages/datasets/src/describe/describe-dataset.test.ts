import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInteractionLog } from '../interaction-log.ts';
import { describeDataset } from './describe-dataset.ts';

const dataFolder = process.env['RPPKIT_DATA'];

describe('describeDataset', () => {
  const rows = ['aab', 'abc', 'a', 'abcd'].flatMap((items, user) =>
    [...items].map((item, step) => ({ user: `u${user}`, item, time: 100 - 10 * user + step, value: user - step })),
  );
  const log = createInteractionLog(rows, [
    { id: 'z', title: 'Unused' },
    { id: 'a', title: 'Twin' },
    { id: 'b', title: 'Twin' },
  ]);

  it('counts and measures', () => {
    expect(describeDataset({ name: 'x', log, order: 'timestamp' })).toEqual({
      order: 'timestamp',
      users: 4,
      items: 5,
      unusedItems: 1,
      interactions: 11,
      repeatedInteractions: 1,
      // 10 different pairs of 4 x 5.
      sparsity: 0.5,
      // Lengths 1, 2, 3, 4: type 7 puts the quartiles at places 0.75, 1.5 and 2.25, the 95 % quantile at 2.85.
      historyLength: {
        minimum: 1,
        q25: 1.75,
        median: 2.5,
        q75: 3.25,
        q95: expect.closeTo(3.85, 12),
        maximum: 4,
        mean: 2.5,
      },
      // Counts 0, 1, 2, 3, 4: (-4 x 0 - 2 x 1 + 0 x 2 + 2 x 3 + 4 x 4) / (5 x 10).
      popularityGini: 0.4,
      // 1 % of 5 items, rounded up, is item a: 4 of 10.
      topItemsShare: 0.4,
      timeSpan: { first: 70, last: 102 },
      valueRange: { minimum: -2, maximum: 3 },
      duplicateTitles: 2,
      untitledItems: 2,
    });
  });

  it('counts every row where repeats are kept', () => {
    const kept = describeDataset({ name: 'x', log, order: 'timestamp' }, { repeats: 'keep' });
    // Lengths 1, 3, 3, 4; counts 0, 1, 2, 3, 5.
    expect(kept.historyLength).toMatchObject({ minimum: 1, q25: 2.5, median: 3, maximum: 4, mean: 2.75 });
    expect(kept.popularityGini).toBeCloseTo((-2 * 1 + 2 * 3 + 4 * 5) / (5 * 11), 14);
    expect(kept.topItemsShare).toBeCloseTo(5 / 11, 14);
    const once = describeDataset({ name: 'x', log, order: 'timestamp' }, { repeats: 'first' });
    expect([kept.sparsity, kept.repeatedInteractions]).toEqual([once.sparsity, once.repeatedInteractions]);
    expect(once).toEqual(describeDataset({ name: 'x', log, order: 'timestamp' }));
  });

  it('leaves out times and values that are not there', () => {
    const plain = createInteractionLog([{ user: 'u', item: 'a' }]);
    const description = describeDataset({ name: 'x', log: plain, order: 'column' });
    expect(description).not.toHaveProperty('timeSpan');
    expect(description).not.toHaveProperty('valueRange');
    expect(description.order).toBe('column');
  });

  it('describes an empty log', () => {
    const empty = { ...createInteractionLog([]), time: new Float64Array(0) };
    const lengths = { minimum: 0, q25: 0, median: 0, q75: 0, q95: 0, maximum: 0, mean: 0 };
    expect(describeDataset({ name: 'x', log: empty, order: 'none' })).toEqual({
      order: 'none',
      users: 0,
      items: 0,
      unusedItems: 0,
      interactions: 0,
      repeatedInteractions: 0,
      sparsity: 1,
      historyLength: lengths,
      popularityGini: 0,
      topItemsShare: 0,
      duplicateTitles: 0,
      untitledItems: 0,
    });
  });

  it('agrees with plain counting, whatever the row order', () => {
    const pair = fc.record({ user: fc.constantFrom('u', 'v', 'w'), item: fc.constantFrom('a', 'b', 'c', 'd') });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 40 }), (pairs) => {
        const { users, items, sparsity, repeatedInteractions, popularityGini } = describeDataset({
          name: 'x',
          log: createInteractionLog(pairs),
          order: 'none',
        });
        const distinct = new Set(pairs.map(({ user, item }) => `${user}${item}`));
        expect(sparsity).toBe(1 - distinct.size / (users * items));
        expect(repeatedInteractions).toBe(pairs.length - distinct.size);
        // Half the relative mean absolute difference.
        const counts = [...new Set(pairs.map(({ item }) => item))].map(
          (item) => [...distinct].filter((key) => key[1] === item).length,
        );
        const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))).reduce((sum, x) => sum + x, 0);
        expect(popularityGini).toBeCloseTo(differences / (2 * items * distinct.size), 12);
      }),
    );
  });
});

describe.skipIf(dataFolder === undefined)(
  'MovieLens latest-small, described (skipped unless RPPKIT_DATA names its folder)',
  () => {
    it('has the published counts', async () => {
      const read = async (file: string): Promise<string[]> => {
        const text = await readFile(join(dataFolder!, 'ml-latest-small', file), 'utf8');
        return text.trim().split('\r\n').slice(1);
      };
      const rows = (await read('ratings.csv')).map((line) => {
        const [user, item, value, time] = line.split(',');
        return { user: user!, item: item!, value: Number(value), time: Number(time) };
      });
      // Titles with commas stand in quotes; two equal ones are written alike.
      const items = (await read('movies.csv')).map((line) => {
        return {
          id: line.slice(0, line.indexOf(',')),
          title: line.slice(line.indexOf(',') + 1, line.lastIndexOf(',')),
        };
      });
      const log = createInteractionLog(rows, items);
      const description = describeDataset({ name: 'ml-latest-small', log, order: 'timestamp' });
      // README.txt of the data: users rated at least 20 films, from 29 March 1996 to 24 September 2018, .5 to 5 stars.
      expect(description).toMatchObject({
        users: 610,
        items: 9742,
        interactions: 100_836,
        repeatedInteractions: 0,
        valueRange: { minimum: 0.5, maximum: 5 },
        untitledItems: 0,
        // Five titles, each of two films.
        duplicateTitles: 10,
      });
      const { timeSpan, historyLength, sparsity, popularityGini, topItemsShare } = description;
      // numpy.percentile (its default is type 7) and numpy sums over the same files.
      expect(historyLength).toMatchObject({ minimum: 20, q25: 35, median: 70.5, q75: 168, maximum: 2698 });
      expect(historyLength.q95).toBeCloseTo(610.75, 10);
      expect(historyLength.mean).toBeCloseTo(165.30491803278687, 10);
      expect(sparsity).toBeCloseTo(0.9830317267467884, 14);
      expect(popularityGini).toBeCloseTo(0.716804461936967, 12);
      expect(topItemsShare).toBeCloseTo(0.1582768059026538, 14);
      expect(new Date(timeSpan!.first * 1000).toISOString().slice(0, 10)).toBe('1996-03-29');
      expect(new Date(timeSpan!.last * 1000).toISOString().slice(0, 10)).toBe('2018-09-24');
    });
  },
);
