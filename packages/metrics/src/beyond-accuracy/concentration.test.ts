import { InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { giniIndex, type ItemList, itemCoverage, personalization, shannonEntropy, topItems } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const catalogue = ['a', 'b', 'c', 'd', 'e'];

describe('worked by hand', () => {
  const lists = [['a', 'b'], ['a', 'c'], ['a']];

  test('coverage: three of five items', () => {
    expect(itemCoverage(lists, catalogue)).toBe(3 / 5);
    expect(itemCoverage([[], []], catalogue)).toBe(0);
  });

  test('Gini of the counts 0, 0, 1, 1, 3', () => {
    // (-4 * 0 - 2 * 0 + 0 * 1 + 2 * 1 + 4 * 3) / (5 * 5)
    expect(giniIndex(lists, catalogue)).toBeCloseTo(14 / 25, 15);
    expect(giniIndex([catalogue, catalogue], catalogue)).toBe(0);
    expect(giniIndex([['a'], ['a']], catalogue)).toBeCloseTo(4 / 5, 15); // (n - 1) / n
  });

  test('entropy of the shares 3/5, 1/5, 1/5', () => {
    expect(shannonEntropy(lists)).toBeCloseTo(0.6 * Math.log2(5 / 3) + 0.4 * Math.log2(5), 15);
    expect(shannonEntropy([catalogue.slice(0, 4)])).toBe(2);
    expect(shannonEntropy([['a'], ['a']])).toBe(0);
  });

  test('personalisation of cosines 1/2, 1/sqrt 2 and 1/sqrt 2', () => {
    expect(personalization(lists)).toBeCloseTo(1 - (1 / 2 + Math.SQRT1_2 + Math.SQRT1_2) / 3, 15);
    expect(personalization([catalogue, catalogue.toReversed(), catalogue])).toBe(0);
    expect(personalization([['a', 'b'], ['c', 'd'], ['e']])).toBe(1);
    // Overlap at k = 3: two shared items of three.
    expect(personalization([Int32Array.of(1, 2, 3), Int32Array.of(3, 2, 7)])).toBeCloseTo(1 / 3, 15);
  });

  test('the first k items', () => {
    expect(topItems(['a', 'b', 'c'], 2)).toEqual(['a', 'b']);
    expect(topItems(Int32Array.of(4, 5), 9)).toEqual([4, 5]);
    expect(() => topItems(['a', 'b', 'a'], 1)).toThrow(invalid(/items\[2\] to be an item that is not listed before/));
    for (const items of [new Set(['a']), 'ab', undefined]) {
      expect(() => topItems(items as never, 1)).toThrow(invalid(/items to be an array or a typed array/));
    }
    for (const k of [0, -1, 1.5, Number.NaN])
      expect(() => topItems(['a'], k)).toThrow(invalid(/Expected k to be a positive/));
  });
});

const anyLists = fc.array(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 8 });
const numbered = Array.from({ length: 10 }, (_, item) => item);

describe('properties', () => {
  test('lie in their bounds', () => {
    fc.assert(
      fc.property(anyLists, (lists) => {
        const used = new Set(lists.flat()).size;
        expect(itemCoverage(lists, numbered)).toBe(used / 10);
        expect(giniIndex(lists, numbered)).toBeGreaterThanOrEqual(0);
        expect(giniIndex(lists, numbered)).toBeLessThanOrEqual(0.9 + 1e-12);
        expect(shannonEntropy(lists)).toBeGreaterThanOrEqual(0);
        expect(shannonEntropy(lists)).toBeLessThanOrEqual(Math.log2(used) + 1e-12);
      }),
    );
  });

  test('do not depend on the order of users, of items in a list, or on names', () => {
    fc.assert(
      fc.property(anyLists, (lists) => {
        const moved = lists.map((items) => items.map((item) => 9 - item).reverse()).reverse();
        expect(giniIndex(moved, numbered)).toBeCloseTo(giniIndex(lists, numbered), 12);
        expect(itemCoverage(moved, numbered.toReversed())).toBe(itemCoverage(lists, numbered));
        expect(shannonEntropy(moved)).toBeCloseTo(shannonEntropy(lists), 12);
        expect(personalization(moved)).toBeCloseTo(personalization(lists), 12);
      }),
    );
  });
});

describe('rejects', () => {
  type Metric = (lists: readonly ItemList<string>[]) => number;
  const metrics: readonly (readonly [string, Metric])[] = [
    ['itemCoverage', (lists) => itemCoverage(lists, catalogue)],
    ['giniIndex', (lists) => giniIndex(lists, catalogue)],
    ['shannonEntropy', shannonEntropy],
    ['personalization', personalization],
  ];

  test.each(metrics)('%s: no users, repeated items, what is no list', (_, metric) => {
    expect(() => metric([])).toThrow(invalid(/lists to be an array with the list of at least one user/));
    expect(() => metric([['a'], ['b', 'c', 'b']])).toThrow(
      invalid(/Expected lists\[1\]\[2\] to be an item that is not listed/),
    );
    expect(() => metric(['abc', 'de'])).toThrow(
      invalid(/Expected lists\[0\] to be an array or a typed array, received "abc"/),
    );
    for (const items of [new Set(['a']), new Map([['a', 1]]), { a: 1 }, null, undefined, () => ['a']]) {
      expect(() => metric([['a'], items as never])).toThrow(invalid(/lists\[1\] to be an array or a typed array/));
    }
    for (const lists of [new Map([['u', ['a']]]), new Set([['a']]), { u: ['a'] }, 'ab', undefined]) {
      expect(() => metric(lists as never)).toThrow(invalid(/lists to be an array .* Pass \[\.\.\.lists\.values\(\)\]/));
    }
    expect(() => metric([[Number.NaN]] as unknown as string[][])).toThrow(InvalidArgumentError);
    expect(() => metric([[undefined]] as unknown as string[][])).toThrow(invalid(/lists\[0\]\[0\] to be an item id/));
  });

  test('empty lists where the value is undefined', () => {
    expect(() => giniIndex([[]], catalogue)).toThrow(
      invalid(/at least one recommended item, received "empty lists only"/),
    );
    expect(() => shannonEntropy([[], []])).toThrow(InvalidArgumentError);
    expect(() => personalization([['a'], []])).toThrow(invalid(/lists\[1\] to be a list of at least one item/));
    expect(() => personalization([['a']])).toThrow(invalid(/at least two users/));
  });

  test('wrong catalogues', () => {
    expect(() => itemCoverage([['a']], [])).toThrow(invalid(/catalogue to be at least one item/));
    for (const wrong of ['ab', { a: 1 }, undefined, 5]) {
      expect(() => itemCoverage([['a']], wrong as never)).toThrow(invalid(/catalogue to be item ids .* Pass an array/));
    }
    for (const wrong of [new Map([['a', 1]]), [Number.NaN], [undefined]]) {
      expect(() => itemCoverage([['a']], wrong as never)).toThrow(invalid(/an entry of catalogue to be an item id/));
    }
    expect(() => itemCoverage([['a']], ['a', 'b', 'a'])).toThrow(invalid(/catalogue to be without repeated items/));
    expect(() => giniIndex([['a'], ['z']], catalogue)).toThrow(
      invalid(/catalogue to be all items .*"z\\", which lists\[1\]/),
    );
  });
});
