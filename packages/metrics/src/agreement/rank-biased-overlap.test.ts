import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankByScores } from '../rank-by-scores.ts';
import { rankOrder } from '../rank-order.ts';
import { averageRanks, indexRankings, rankBiasedOverlap } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const compare = (first: string, second: string, persistence = 0.9) => {
  const { rankings } = indexRankings([[...first], [...second]]);
  return rankBiasedOverlap(rankings[0]!, rankings[1]!, { persistence });
};

describe('worked by hand', () => {
  test('the first two exchanged: only depth 1, of weight 1 - p, disagrees', () => {
    expect(compare('abcdefg', 'bacdefg')).toBeCloseTo(0.9, 14);
    expect(compare('ab', 'ba', 0.5)).toBeCloseTo(0.5, 14);
  });

  test('disjoint, equal and prefix lists', () => {
    expect(compare('abc', 'xyz')).toBe(0);
    expect(compare('abc', 'abc')).toBeCloseTo(1, 14);
    // All that the shorter list shows agrees: extrapolated to 1.
    expect(compare('abcdef', 'abc')).toBeCloseTo(1, 14);
  });

  test('lists of length 1 and 2 at p = 1/2', () => {
    // X_1 = 0, X_2 = 1: (1 - p) / p * (1/2 p^2) + (1 / 2 + 0) p^2 = 1/8 + 1/8.
    expect(compare('a', 'ba', 0.5)).toBeCloseTo(1 / 4, 14);
  });

  test('agreement at each depth as in the example of Webber et al., 2010 (Figure 5): .222, .292, .313, .317, .312', () => {
    // The mean overlap to depth k is recovered from RBO at rank k: with p near 1 the weights of all depths are equal.
    const persistence = 1 - 1e-9;
    const averageOverlap = (depth: number) => {
      const [first, second] = ['abcdefg'.slice(0, depth), 'zcavwxy'.slice(0, depth)] as const;
      const shared = [...first].filter((letter) => second.includes(letter)).length / depth;
      return (compare(first, second, persistence) - shared * persistence ** depth) / (1 - persistence) / depth;
    };
    for (const [depth, value] of [
      [3, 0.222],
      [4, 0.292],
      [5, 0.313],
      [6, 0.317],
      [7, 0.312],
    ] as const) {
      expect(averageOverlap(depth)).toBeCloseTo(value, 3);
    }
  });

  test('a tie of two: half of the orders agree', () => {
    const tied = rankByScores([1, 1]);
    const strict = rankOrder([0, 1], { candidates: 2 });
    expect(rankBiasedOverlap(tied, strict, { persistence: 0.6 })).toBeCloseTo(0.4 * 0.5 + 0.6, 14);
    expect(rankBiasedOverlap(tied, tied, { persistence: 0.6 })).toBeCloseTo(0.4 * 0.5 + 0.6, 14);
  });
});

const order = fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 12 });
const toRanking = (listed: readonly number[]) => rankOrder(listed, { candidates: 12, missing: 'zero' });
const scores = fc.array(fc.nat(3), { minLength: 6, maxLength: 6 });

describe('properties', () => {
  test('is symmetric, 1 for equal lists, and does not depend on the numbering', () => {
    fc.assert(
      fc.property(order, order, fc.double({ min: 0.05, max: 0.99, noNaN: true }), (first, second, persistence) => {
        const value = rankBiasedOverlap(toRanking(first), toRanking(second), { persistence });
        expect(rankBiasedOverlap(toRanking(second), toRanking(first), { persistence })).toBeCloseTo(value, 12);
        expect(rankBiasedOverlap(toRanking(first), toRanking(first), { persistence })).toBeCloseTo(1, 12);
        const renamed = [first, second].map((listed) => toRanking(listed.map((candidate) => 11 - candidate)));
        expect(rankBiasedOverlap(renamed[0]!, renamed[1]!, { persistence })).toBeCloseTo(value, 12);
      }),
    );
  });

  test('ties are the mean over all orders inside the groups', () => {
    fc.assert(
      fc.property(scores, order, (tiedScores, listed) => {
        const tied = rankByScores(tiedScores);
        const other = toRanking(listed);
        const ranks = averageRanks(tied, { candidates: 6 });
        const orders = permute([0, 1, 2, 3, 4, 5]).filter((candidates) =>
          candidates.every(
            (candidate, position) => position === 0 || ranks[candidates[position - 1]!]! <= ranks[candidate]!,
          ),
        );
        const total = orders.reduce((sum, candidates) => sum + rankBiasedOverlap(toRanking(candidates), other), 0);
        expect(rankBiasedOverlap(tied, other)).toBeCloseTo(total / orders.length, 12);
      }),
      { numRuns: 25 },
    );
  });
});

describe('rejects', () => {
  const ranking = rankOrder([0, 1], { candidates: 2 });

  test('wrong persistence and empty rankings', () => {
    for (const persistence of [0, 1, -1, 2, Number.NaN]) {
      expect(() => rankBiasedOverlap(ranking, ranking, { persistence })).toThrow(
        invalid(/persistence to be between 0 and 1/),
      );
    }
    expect(() => rankBiasedOverlap(ranking, toRanking([]))).toThrow(
      invalid(/second.order to be at least one ranked candidate/),
    );
  });

  test('what is no ranking', () => {
    const groups = Int32Array.of(0, 1);
    expect(() => rankBiasedOverlap({ order: Int32Array.of(1, 1), groups }, ranking)).toThrow(
      invalid(/first.order\[1\]/),
    );
    expect(() => rankBiasedOverlap(ranking, { order: Int32Array.of(-1, 1), groups })).toThrow(
      invalid(/second.order\[0\]/),
    );
    expect(() => rankBiasedOverlap({ order: Int32Array.of(1), groups }, ranking)).toThrow(
      invalid(/first.groups to be of length 1/),
    );
    expect(() => rankBiasedOverlap({ order: ranking.order, groups: Int32Array.of(1, 0) }, ranking)).toThrow(
      invalid(/first.groups\[0\] to be of tie groups that start at 0 and never decrease, received 1/),
    );
  });

  test('candidates that averageRanks cannot count', () => {
    for (const candidates of [Number.NaN, 1.5, -2, 2 ** 31]) {
      expect(() => averageRanks(ranking, { candidates })).toThrow(invalid(/candidates to be a positive integer/));
    }
    const groups = Int32Array.of(0, 1);
    expect(() => averageRanks({ order: Int32Array.of(1, 1), groups }, { candidates: 2 })).toThrow(
      invalid(/ranking.order\[1\] to be a candidate index below 2 that is not ranked before, received 1/),
    );
    for (const wrong of [[0, 1], undefined, { order: [0, 1], groups: [0, 1] }] as never[]) {
      const message = /to be a CandidateRanking, .* Build it with rankOrder or rankByScores/;
      expect(() => averageRanks(wrong, { candidates: 2 })).toThrow(invalid(message));
      expect(() => rankBiasedOverlap(wrong, ranking)).toThrow(invalid(message));
      expect(() => rankBiasedOverlap(ranking, wrong)).toThrow(invalid(/Expected second to be a CandidateRanking/));
    }
  });

  test('lists of items that cannot be numbered', () => {
    expect(indexRankings([Int32Array.of(7, 5), [5, 9]])).toEqual({
      items: [7, 5, 9],
      rankings: [
        { order: Int32Array.of(0, 1), groups: Int32Array.of(0, 1) },
        { order: Int32Array.of(1, 2), groups: Int32Array.of(0, 1) },
      ],
    });
    expect(() => indexRankings([])).toThrow(invalid(/at least one list/));
    for (const item of [Number.NaN, undefined, null, {}, Number.POSITIVE_INFINITY]) {
      expect(() => indexRankings([['a'], [1, item as number]] as never)).toThrow(
        invalid(/lists\[1\]\[1\] to be a text or a finite number/),
      );
    }
    for (const lists of [new Set([['a']]), 'ab', undefined]) {
      expect(() => indexRankings(lists as never)).toThrow(invalid(/lists to be an array of at least one list/));
    }
    expect(() => indexRankings([new Set(['a'])] as never)).toThrow(invalid(/lists\[0\] to be an array/));
    expect(() => indexRankings([['a'], ['b', 'c', 'b']])).toThrow(
      invalid(/lists\[1\] to be without repeated items, received "b"/),
    );
    expect(() => indexRankings(['ab'])).toThrow(invalid(/lists\[0\] to be an array or a typed array, received "ab"/));
    expect(() => averageRanks(ranking, { candidates: 0 })).toThrow(invalid(/candidates to be a positive integer/));
    expect(() => averageRanks(ranking, { candidates: 1 })).toThrow(
      invalid(/ranking.order\[1\] to be a candidate index below 1/),
    );
  });
});

function permute(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) => permute(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}
