import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosineDistance, intraListDiversity, jaccardDistance } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const genres = new Map([
  ['heat', ['crime', 'drama']],
  ['fargo', ['crime', 'comedy', 'crime']],
  ['alien', ['horror']],
  ['none', []],
]);

describe('worked by hand', () => {
  test('Jaccard distances 2/3, 1 and 1', () => {
    const distance = jaccardDistance(genres);
    expect(distance('heat', 'fargo')).toBeCloseTo(2 / 3, 15);
    expect(distance('heat', 'heat')).toBe(0);
    expect(intraListDiversity(['heat', 'fargo', 'alien'], distance)).toBeCloseTo(8 / 9, 15);
  });

  test('cosine distances 0, 1, 2 and 1 - 1/sqrt 2', () => {
    const vectors = new Map([
      [0, Float32Array.of(1, 0)],
      [1, Float32Array.of(0, 3)],
      [2, Float32Array.of(-2, 0)],
      [3, Float32Array.of(5, 5)],
    ]);
    const distance = cosineDistance(vectors);
    expect([distance(0, 0), distance(0, 1), distance(0, 2)]).toEqual([0, 1, 2]);
    expect(distance(0, 3)).toBeCloseTo(1 - Math.SQRT1_2, 15);
    expect(intraListDiversity(Int32Array.of(0, 1, 2), distance)).toBeCloseTo(4 / 3, 15);
  });

  test('any distance, called once a pair, better ranked item first', () => {
    const calls: string[] = [];
    const distance = (first: string, second: string) => {
      calls.push(first + second);
      return first.charCodeAt(0) + second.charCodeAt(0) === 195 ? 4 : 1;
    };
    expect(intraListDiversity(['c', 'a', 'b'], distance)).toBe(2);
    expect(calls).toEqual(['ca', 'cb', 'ab']);
  });
});

test('does not depend on the order of the list, and equal distances give that distance', () => {
  const points = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(points, (items) => {
      const distance = (a: number, b: number) => Math.abs(a - b);
      const value = intraListDiversity(items, distance);
      expect(intraListDiversity([...items].sort(), distance)).toBeCloseTo(value, 10);
      expect(value).toBeLessThanOrEqual(Math.max(...items) - Math.min(...items) + 1e-9);
      expect(intraListDiversity(items, () => 0.25)).toBeCloseTo(0.25, 14);
    }),
  );
});

describe('rejects', () => {
  test('short lists, repeated items, wrong distances', () => {
    expect(() => intraListDiversity(['a'], () => 1)).toThrow(invalid(/at least two items/));
    expect(() => intraListDiversity([], () => 1)).toThrow(invalid(/at least two items/));
    expect(() => intraListDiversity(['a', 'a'], () => 1)).toThrow(
      invalid(/items\[1\] to be an item that is not listed/),
    );
    for (const value of [Number.NaN, -0.1, Number.POSITIVE_INFINITY]) {
      expect(() => intraListDiversity(['a', 'b'], () => value)).toThrow(
        invalid(/distance\("a", "b"\) to be a finite number/),
      );
    }
  });

  test('items without features or direction', () => {
    expect(() => jaccardDistance(genres)('heat', 'none')).toThrow(
      invalid(/features of item "none" to be at least one feature/),
    );
    for (const features of ['crime', new Set(['crime']), undefined]) {
      expect(() => jaccardDistance(new Map([['heat', features as never]]))).toThrow(
        invalid(/features of item "heat" to be an array of texts/),
      );
    }
    expect(() => jaccardDistance(genres)('lost', 'heat')).toThrow(invalid(/a map that holds item "lost"/));
    const vectors = new Map([
      ['a', [1, 2]],
      ['short', [1]],
      ['zero', [0, 0]],
      ['bad', [Number.NaN, 1]],
    ]);
    for (const distance of [jaccardDistance, cosineDistance]) {
      expect(() => distance({ heat: ['crime'] } as never)).toThrow(
        invalid(/to be a Map by item id, received object. .* new Map\(Object.entries\(object\)\)/),
      );
    }
    expect(() => cosineDistance(new Map([['a', '12']]) as never)('a', 'a')).toThrow(
      invalid(/vector of item "a" to be an array/),
    );
    const distance = cosineDistance(vectors);
    expect(() => distance('a', 'short')).toThrow(invalid(/vector of item "short" to be of length 2/));
    expect(() => distance('a', 'zero')).toThrow(invalid(/vector of item "zero" to be of finite numbers, not all 0/));
    expect(() => distance('bad', 'a')).toThrow(invalid(/vector of item "bad"/));
    expect(() => distance('a', 'lost')).toThrow(invalid(/vectors to be a map that holds item "lost"/));
  });
});
