import { InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePopularity, novelty, type PopularityGroup, popularityGroups, tailShare } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const popularity = new Map([
  ['hit', 50],
  ['known', 30],
  ['fair', 10],
  ['rare', 5],
  ['odd', 5],
  ['new', 0],
]);

describe('worked by hand', () => {
  test('average popularity', () => {
    expect(averagePopularity(['known', 'new', 'rare'], popularity)).toBe(35 / 3);
  });

  test('groups: more than 20 % of 100 interactions above ends the head, 20 % below ends the tail', () => {
    // Below: new 0, rare and odd 0, fair 10, known 20 (not below 20), hit 50. Above: hit 0, known 50.
    const expected = { hit: 'head', known: 'middle', fair: 'tail', rare: 'tail', odd: 'tail', new: 'tail' };
    expect(Object.fromEntries(popularityGroups(popularity))).toEqual(expected);
    const two = { hit: 'head', known: 'head', fair: 'tail', rare: 'tail', odd: 'tail', new: 'tail' };
    expect(Object.fromEntries(popularityGroups(popularity, { head: 0.8, tail: 1 }))).toEqual(two);
  });

  test('a border that is a rounded product moves no item', () => {
    // 0.07 * 100 = 7.000000000000001 in floating point: "b", with exactly 7 above it, stays outside the head.
    const share = new Map([['a', 7], ...Array.from({ length: 93 }, (_, index) => [`b${index}`, 1] as const)]);
    expect(popularityGroups(share, { head: 0.07 }).get('b0')).toBe('tail');
    expect(popularityGroups(share, { head: 0.08 }).get('b0')).toBe('head');
  });

  test('tail share', () => {
    const groups = popularityGroups(popularity);
    expect(tailShare(['hit', 'odd', 'known', 'new'], groups)).toBe(1 / 2);
  });

  test('novelty: 1 bit and 3 bits, with and without smoothing', () => {
    const known = new Map([
      [1, 32],
      [2, 8],
      [3, 0],
    ]);
    expect(novelty(Int32Array.of(1, 2), known, { users: 64 })).toBe(2);
    expect(novelty([3], known, { users: 64, smoothing: 1 })).toBeCloseTo(Math.log2(66), 14);
  });
});

const anyPopularity = fc
  .array(fc.nat(20), { minLength: 1, maxLength: 12 })
  .filter((counts) => counts.some((c) => c > 0));

describe('properties', () => {
  test('groups do not depend on the order of the map, and ties share a group', () => {
    fc.assert(
      fc.property(
        anyPopularity,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (counts, head, tail) => {
          const entries = counts.map((count, item) => [item, count] as const);
          const groups = popularityGroups(new Map(entries), { head, tail });
          const reversed = popularityGroups(new Map(entries.toReversed()), { head, tail });
          const level: Readonly<Record<PopularityGroup, number>> = { head: 2, middle: 1, tail: 0 };
          counts.forEach((count, item) => {
            expect(reversed.get(item)).toBe(groups.get(item));
            counts.forEach((other, second) => {
              if (other === count) expect(groups.get(second)).toBe(groups.get(item));
              if (other > count) expect(level[groups.get(second)!]).toBeGreaterThanOrEqual(level[groups.get(item)!]);
            });
          });
          expect(groups.get(counts.indexOf(Math.max(...counts)))).toBe('head');
        },
      ),
    );
  });

  test('a more popular item is less novel, and means stay within their items', () => {
    fc.assert(
      fc.property(anyPopularity, (counts) => {
        const map = new Map(counts.map((count, item) => [item, count]));
        const items = [...map.keys()];
        const mean = averagePopularity(items, map);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...counts));
        expect(mean).toBeLessThanOrEqual(Math.max(...counts));
        const single = items.map((item) => novelty([item], map, { users: 20, smoothing: 0.5 }));
        const total = single.reduce((sum, value) => sum + value, 0);
        expect(novelty(items, map, { users: 20, smoothing: 0.5 })).toBeCloseTo(total / items.length, 12);
        for (const a of items)
          for (const b of items) if (counts[a]! > counts[b]!) expect(single[a]).toBeLessThan(single[b]!);
      }),
    );
  });
});

describe('rejects', () => {
  test('empty lists, repeated and unknown items', () => {
    const groups = popularityGroups(popularity);
    for (const metric of [
      (items: string[]) => averagePopularity(items, popularity),
      (items: string[]) => novelty(items, popularity, { users: 100 }),
      (items: string[]) => tailShare(items, groups),
    ]) {
      expect(() => metric([])).toThrow(invalid(/items to be a list of at least one item/));
      expect(() => metric(['hit', 'hit'])).toThrow(invalid(/items\[1\] to be an item that is not listed before/));
      expect(() => metric(['strange'])).toThrow(invalid(/a map that holds item "strange"/));
    }
  });

  test('plain objects in place of maps', () => {
    const plain = { hit: 50 } as never;
    for (const metric of [
      () => averagePopularity(['hit'], plain),
      () => novelty(['hit'], plain, { users: 100 }),
      () => popularityGroups(plain),
      () => tailShare(['hit'], { hit: 'head' } as never),
      () => averagePopularity(['hit'], undefined as never),
    ]) {
      expect(metric).toThrow(
        invalid(/(popularity|groups) to be a Map by item id, .* new Map\(Object.entries\(object\)\)/),
      );
    }
  });

  test('values that are no popularity', () => {
    for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(() => averagePopularity(['x'], new Map([['x', value]]))).toThrow(
        invalid(/popularity of item "x" to be a finite/),
      );
      expect(() => popularityGroups(new Map([['x', value]]))).toThrow(InvalidArgumentError);
    }
    expect(() => popularityGroups(new Map([['x', 0]]))).toThrow(invalid(/at least one item with interactions/));
    for (const head of [0, -0.1, 1.1, Number.NaN]) {
      expect(() => popularityGroups(popularity, { head })).toThrow(invalid(/Expected head to be a share/));
      expect(() => popularityGroups(popularity, { tail: head })).toThrow(invalid(/Expected tail to be a share/));
    }
  });

  test('novelty of items that nobody or too many know', () => {
    expect(() => novelty(['new'], popularity, { users: 100 })).toThrow(invalid(/Pass a smoothing above 0/));
    expect(() => novelty(['hit'], popularity, { users: 49 })).toThrow(invalid(/at most the 49 users, received 50/));
    for (const users of [0, -1, Number.NaN])
      expect(() => novelty(['hit'], popularity, { users })).toThrow(invalid(/users to be/));
    for (const smoothing of [-1, Number.NaN]) {
      expect(() => novelty(['hit'], popularity, { users: 99, smoothing })).toThrow(invalid(/smoothing to be/));
    }
  });
});
