import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InteractionOrder } from './dataset.ts';
import { createInteractionLog } from './interaction-log.ts';
import { createUserSequences, type Repeats } from './user-sequences.ts';

describe('createUserSequences', () => {
  // Rows by time: a(1) b(2) a(3) c(3, later row); user v only has d.
  const log = createInteractionLog([
    { user: 'u', item: 'b', time: 2 },
    { user: 'v', item: 'd', time: 7 },
    { user: 'u', item: 'a', time: 3 },
    { user: 'u', item: 'c', time: 3 },
    { user: 'u', item: 'a', time: 1 },
  ]);
  const read = (order: InteractionOrder, repeats?: Repeats): string[] => {
    const sequences = createUserSequences({ name: 'x', log, order }, repeats === undefined ? {} : { repeats });
    expect(sequences.repeated).toBe(1);
    expect([...sequences.items(1)].map((item) => log.items[item]!.id)).toEqual(['d']);
    expect([...sequences.rows(0)].map((row) => log.item[row])).toEqual([...sequences.items(0)]);
    return [...sequences.items(0)].map((item) => log.items[item]!.id);
  };

  it('sorts by time with ties in row order and resolves repeats', () => {
    expect(read('timestamp')).toEqual(['b', 'a', 'c']);
    expect(read('timestamp', 'last')).toEqual(['b', 'a', 'c']);
    expect(read('timestamp', 'first')).toEqual(['a', 'b', 'c']);
    expect(read('timestamp', 'keep')).toEqual(['a', 'b', 'a', 'c']);
  });

  it('keeps row order where the order is a column or unknown', () => {
    expect(read('column', 'keep')).toEqual(['b', 'a', 'c', 'a']);
    expect(read('column')).toEqual(['b', 'c', 'a']);
    expect(read('none', 'first')).toEqual(['b', 'a', 'c']);
  });

  it('refuses time order without times', () => {
    const timeless = createInteractionLog([{ user: 'u', item: 'a' }]);
    expect(() => createUserSequences({ name: 'x', log: timeless, order: 'timestamp' })).toThrow('log.time');
    expect(() => read('timestamp', 'all' as 'keep')).toThrow('Expected repeats to be "first" or "last" or "keep"');
  });

  it('agrees with a plain sort and filter on any rows', () => {
    const row = fc.record({
      user: fc.constantFrom('u', 'v', 'w'),
      item: fc.constantFrom('a', 'b', 'c', 'd'),
      time: fc.nat(5),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 90, size: 'max' }),
        fc.constantFrom<Repeats>('first', 'last', 'keep'),
        (rows, repeats) => {
          const any = createInteractionLog(rows);
          const sequences = createUserSequences({ name: 'x', log: any, order: 'timestamp' }, { repeats });
          let repeated = 0;
          for (const [index, user] of any.users.entries()) {
            // Array.prototype.sort is stable.
            const sorted = rows
              .filter((entry) => entry.user === user)
              .sort((a, b) => a.time - b.time)
              .map((entry) => entry.item);
            repeated += sorted.length - new Set(sorted).size;
            const expected = sorted.filter(
              (item, at) =>
                repeats === 'keep' ||
                (repeats === 'first' ? sorted.indexOf(item) === at : sorted.lastIndexOf(item) === at),
            );
            expect([...sequences.items(index)].map((item) => any.items[item]!.id)).toEqual(expected);
          }
          expect(sequences.repeated).toBe(repeated);
        },
      ),
    );
  });
});
