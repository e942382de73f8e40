import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../dataset-error.ts';
import { createInteractionLog, type InteractionRow } from '../interaction-log.ts';
import { filterKCore } from './filter-k-core.ts';

const createDataset = (pairs: readonly string[]) => ({
  name: 'pairs',
  log: createInteractionLog(
    pairs.map((pair, time): InteractionRow => ({ user: pair[0]!, item: pair[1]!, time })),
    [...'abcde'].map((id) => ({ id, title: id })),
  ),
  order: 'timestamp' as const,
});
const listPairs = ({ log }: ReturnType<typeof filterKCore>): string[] =>
  Array.from(log.user, (user, row) => `${log.users[user]}${log.items[log.item[row]!]!.id}`);

describe('filterKCore', () => {
  it('drops users and items in turn until nothing changes', () => {
    // b has one row; without it w has one; without w item c has one; u, v, a and d stay.
    const dataset = createDataset(['ua', 'ud', 'wb', 'va', 'wc', 'vd', 'vc']);
    const core = filterKCore(dataset, { users: 2, items: 2 });
    expect(listPairs(core)).toEqual(['ua', 'ud', 'va', 'vd']);
    expect(core.log.items.map(({ id }) => id)).toEqual(['a', 'd']);
    expect(core.log.time).toEqual(Float64Array.of(0, 1, 3, 5));
  });

  it('keeps unused items only where items need no interaction', () => {
    const dataset = createDataset(['ua', 'ub', 'va']);
    expect(filterKCore(dataset, { users: 2, items: 0 }).log.items).toHaveLength(5);
    expect(filterKCore(dataset, { users: 2, items: 1 }).log.items.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('says what k was where nothing is left, and refuses other numbers', () => {
    const dataset = createDataset(['ua', 'ub', 'va']);
    expect(() => filterKCore(dataset, { users: 3, items: 2 })).toThrow(DatasetError);
    expect(() => filterKCore(dataset, { users: 3, items: 2 })).toThrow(
      'pairs: expected users with at least 3 and items with at least 2 interactions in common, received none among 3',
    );
    expect(() => filterKCore(dataset, { users: 1.5, items: 2 })).toThrow('Expected users to be');
    expect(() => filterKCore(dataset, { users: 1, items: -1 })).toThrow('Expected items to be');
  });

  it('is a fixed point and equals dropping one user or item at a time', () => {
    const pair = fc.tuple(fc.constantFrom(...'uvwxyz'), fc.constantFrom(...'abcde')).map((entry) => entry.join(''));
    const count = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 40, size: 'max' }), count, count, (pairs, users, items) => {
        const expected = dropOneByOne(pairs, users, items);
        if (expected.length === 0) {
          expect(() => filterKCore(createDataset(pairs), { users, items })).toThrow(DatasetError);
          return;
        }
        const core = filterKCore(createDataset(pairs), { users, items });
        expect(listPairs(core)).toEqual(expected);
        if (items > 0) expect(new Set(core.log.item).size).toBe(core.log.items.length);
        expect(filterKCore(core, { users, items })).toEqual(core);
      }),
      { numRuns: 300 },
    );
  });
});

function dropOneByOne(pairs: readonly string[], users: number, items: number): readonly string[] {
  const count = (name: string): number => pairs.filter((pair) => pair.includes(name)).length;
  const name = [...'uvwxyz'].find((user) => count(user) > 0 && count(user) < users);
  const dropped = name ?? [...'abcde'].find((item) => count(item) > 0 && count(item) < items);
  if (dropped === undefined) return pairs;
  return dropOneByOne(
    pairs.filter((pair) => !pair.includes(dropped)),
    users,
    items,
  );
}
