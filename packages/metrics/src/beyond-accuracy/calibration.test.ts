import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calibrationDivergence,
  type PopularityGroup,
  popularityDeviation,
  popularityGroups,
  popularityLift,
  tailShare,
} from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const genres = new Map([
  ['romance', ['love']],
  ['action', ['guns']],
  ['both', ['love', 'guns']],
  ['plain', []],
  ['twice', ['love', 'love']],
]);

describe('worked by hand', () => {
  test('seven romances and three action films against romance only (the example of Steck 2018)', () => {
    const history = [...Array(7).fill('romance'), ...Array(3).fill('action')];
    // q~ = .99 q + .01 p: love .99 + .007, guns .003.
    const expected = 0.7 * Math.log(0.7 / 0.997) + 0.3 * Math.log(0.3 / 0.003);
    expect(calibrationDivergence(['romance'], history, genres)).toBeCloseTo(expected, 14);
  });

  test('an item of two categories gives half to each; weights count', () => {
    expect(calibrationDivergence(['both'], ['romance', 'action'], genres)).toBe(0);
    const weighted = calibrationDivergence(['romance', 'action'], ['both', 'romance'], genres, {
      alpha: 0.5,
      listWeights: [3, 1],
      historyWeights: [1, 0],
    });
    // p = (.5, .5), q = (.75, .25), q~ = (.625, .375).
    expect(weighted).toBeCloseTo(0.5 * Math.log(0.5 / 0.625) + 0.5 * Math.log(0.5 / 0.375), 14);
  });

  test('a history category of weight 0 plays no part', () => {
    expect(
      calibrationDivergence(['romance'], ['romance', 'action'], genres, { historyWeights: Float32Array.of(1, 0) }),
    ).toBe(0);
  });

  const groups = new Map<string, PopularityGroup>([
    ['h', 'head'],
    ['m', 'middle'],
    ['t', 'tail'],
  ]);

  test('popularity deviation of (1, 0, 0) from (1/2, 0, 1/2)', () => {
    // m = (3/4, 0, 1/4): half of log2(4/3), half of (log2(2/3) + log2(2)) / 2.
    const expected = Math.log2(4 / 3) / 2 + (Math.log2(2 / 3) + 1) / 4;
    expect(popularityDeviation(['h'], ['h', 't'], groups)).toBeCloseTo(expected, 14);
    expect(popularityDeviation(['h'], ['t', 't'], groups)).toBe(1);
    expect(popularityDeviation(['t', 'm'], ['m', 'm', 't', 't'], groups)).toBe(0);
  });

  test('popularity lift: histories of mean (2 + 6) / 2 = 4, lists of mean (8 + 4) / 2 = 6', () => {
    const popularity = new Map([
      [1, 2],
      [2, 6],
      [3, 8],
      [4, 4],
    ]);
    expect(popularityLift([[3], [4]], [[1], [2, 2]], popularity)).toBe(0.5);
    expect(popularityLift([[1]], [[3]], popularity)).toBe(-0.75);
    expect(popularityLift([[2, 1]], [[1, 2]], popularity)).toBe(0);
  });
});

const list = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 });
const history = fc.array(fc.nat(5), { minLength: 1, maxLength: 9 });
const numbered = new Map(
  [['x'], ['y'], ['x', 'y'], ['z'], ['y', 'z'], ['x', 'y', 'z']].map((names, item) => [item, names]),
);

describe('properties', () => {
  test('calibration lies in [0, ln(1 / alpha)] and is 0 for the history itself', () => {
    fc.assert(
      fc.property(list, history, fc.double({ min: 0.001, max: 0.9, noNaN: true }), (items, past, alpha) => {
        const value = calibrationDivergence(items, past, numbered, { alpha });
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(Math.log(1 / alpha) + 1e-12);
        expect(calibrationDivergence(items, items, numbered, { alpha })).toBeCloseTo(0, 12);
        const reversed = calibrationDivergence(items.toReversed(), past.toReversed(), numbered, { alpha });
        expect(reversed).toBeCloseTo(value, 12);
      }),
    );
  });

  test('popularity deviation is symmetric and lies in [0, 1]; the lift of the history is 0', () => {
    const popularity = new Map([40, 9, 9, 5, 1, 1].map((count, item) => [item, count]));
    const groups = popularityGroups(popularity);
    fc.assert(
      fc.property(list, list, (first, second) => {
        const value = popularityDeviation(first, second, groups);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(popularityDeviation(second, first, groups)).toBeCloseTo(value, 12);
        expect(popularityLift([first, second], [second, first], popularity)).toBeCloseTo(0, 12);
      }),
    );
  });
});

describe('rejects', () => {
  test('wrong lists, categories, weights and alpha', () => {
    const diverge = (items: string[], past: string[], options = {}) =>
      calibrationDivergence(items, past, genres, options);
    expect(() => diverge([], ['action'])).toThrow(invalid(/items to be a list of at least one item/));
    expect(() => diverge(['action'], [])).toThrow(invalid(/history to be a list of at least one item/));
    expect(() => diverge(['action', 'action'], ['action'])).toThrow(invalid(/items\[1\]/));
    expect(() => diverge(['lost'], ['action'])).toThrow(invalid(/a map that holds item "lost"/));
    expect(() => diverge(['plain'], ['action'])).toThrow(
      invalid(/categories of item "plain" to be an array of at least one category/),
    );
    expect(() => diverge(['twice'], ['action'])).toThrow(invalid(/received "love, love"/));
    const texts = new Map([['both', 'love']]) as never;
    expect(() => calibrationDivergence(['both'], ['both'], texts)).toThrow(
      invalid(/categories of item "both" to be an array .*, received "love"/),
    );
    for (const alpha of [0, 1, -1, Number.NaN])
      expect(() => diverge(['both'], ['both'], { alpha })).toThrow(invalid(/alpha/));
    expect(() => diverge(['both'], ['both'], { listWeights: [1, 2] })).toThrow(
      invalid(/listWeights to be of length 1/),
    );
    expect(() => diverge(['both'], ['both'], { historyWeights: [Number.NaN] })).toThrow(invalid(/historyWeights\[0\]/));
    expect(() => diverge(['both'], ['both'], { historyWeights: [-1] })).toThrow(invalid(/historyWeights\[0\]/));
    expect(() => diverge(['both'], ['both'], { historyWeights: [0] })).toThrow(invalid(/weights with a positive sum/));
  });

  test('wrong groups and histories', () => {
    const groups = new Map([['x', 'long' as PopularityGroup]]);
    expect(() => popularityDeviation(['x'], ['x'], groups)).toThrow(
      invalid(/group of item "x" to be 'head', 'middle' or 'tail'/),
    );
    expect(() => popularityDeviation(['y'], ['x'], groups)).toThrow(
      invalid(/Pass the whole catalogue to popularityGroups/),
    );
    expect(() => tailShare(['x'], groups)).toThrow(invalid(/group of item "x" to be 'head', 'middle' or 'tail'/));
    const tail = new Map([['x', 'tail' as const]]);
    expect(() => popularityDeviation(['x', 'x'], ['x'], tail)).toThrow(invalid(/items\[1\] .* not listed before/));
    expect(() => popularityDeviation([], ['x'], tail)).toThrow(invalid(/items to be a list of at least one item/));
    expect(() => popularityDeviation(['x'], [], groups)).toThrow(invalid(/history to be a list of at least one item/));
    const popularity = new Map([
      ['x', 0],
      ['y', 3],
    ]);
    expect(() => popularityLift([['y']], [], popularity)).toThrow(
      invalid(/histories to be an array of length 1, one a user/),
    );
    expect(() => popularityLift([['y', 'y']], [['y']], popularity)).toThrow(
      invalid(/lists\[0\]\[1\] .* not listed before/),
    );
    expect(() => popularityLift([], [], popularity)).toThrow(invalid(/the list of at least one user/));
    expect(() => popularityLift([['y']], new Set([['y']]) as never, popularity)).toThrow(
      invalid(/histories to be an array/),
    );
    expect(() => popularityLift([['y']], [[]], popularity)).toThrow(invalid(/histories\[0\]/));
    expect(() => popularityLift([[]], [['y']], popularity)).toThrow(invalid(/lists\[0\]/));
    expect(() => popularityLift([['y']], [['x']], popularity)).toThrow(invalid(/a popularity above 0/));
  });
});
