import { describe, expect, test } from 'vitest';
import {
  auc,
  averagePrecision,
  averagePrecisionCapped,
  type CandidateRanking,
  dcg,
  dcgBurges,
  expectedReciprocalRank,
  groupedAuc,
  hitRate,
  NoRelevantItemError,
  ndcg,
  ndcgBurges,
  precision,
  rankBiasedPrecision,
  rankByScores,
  rankOrder,
  recall,
  reciprocalRank,
  rPrecision,
} from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const strict = (...order: number[]): CandidateRanking => rankOrder(order, { candidates: order.length });

describe('worked by hand', () => {
  test('one relevant candidate at rank 3', () => {
    const ranking = strict(1, 2, 0, 3);
    expect(ndcg(ranking, [1, 0, 0, 0], 4)).toBeCloseTo(1 / 2, 15); // 1 / log2(4)
    expect(ndcg(ranking, [1, 0, 0, 0], 2)).toBe(0);
    expect(hitRate(ranking, [1, 0, 0, 0], 2)).toBe(0);
    expect(hitRate(ranking, [1, 0, 0, 0], 3)).toBe(1);
    expect(reciprocalRank(ranking, [1, 0, 0, 0], 3)).toBeCloseTo(1 / 3, 15);
    expect(reciprocalRank(ranking, [1, 0, 0, 0], 2)).toBe(0);
  });

  test('graded gains are linear and the ideal is truncated at k', () => {
    // Order of gains 1, 3, 2: DCG@2 = 1 + 3 / log2(3); ideal 3 + 2 / log2(3). Exponential gain would give 1 + 7 / log2(3).
    expect(ndcg(strict(0, 1, 2), [1, 3, 2], 2)).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 2 / Math.log2(3)), 15);
    expect(ndcg(strict(1, 0, 2), [1, 1, 1], 1)).toBe(1);
  });

  // Gains in ranked order 3, 0, 1, 0, 2: hits at ranks 1, 3 and 5, R = 3.
  const graded = strict(0, 1, 2, 3, 4);
  const gains = [3, 0, 1, 0, 2];

  test('DCG with linear and exponential gain', () => {
    expect(dcg(graded, gains, 3)).toBeCloseTo(3 + 1 / 2, 15);
    expect(dcg(graded, gains, 9)).toBeCloseTo(3 + 1 / 2 + 2 / Math.log2(6), 14);
    expect(dcgBurges(graded, gains, 3)).toBeCloseTo(7 + 1 / 2, 15); // 2^3 - 1 and (2^1 - 1) / log2(4)
    expect(ndcgBurges(graded, gains, 3)).toBeCloseTo(7.5 / (7 + 3 / Math.log2(3) + 1 / 2), 15);
    expect(ndcg(graded, gains, 3)).toBeCloseTo(3.5 / (3 + 2 / Math.log2(3) + 1 / 2), 15);
  });

  test('precision, recall and R-precision', () => {
    expect(precision(graded, gains, 4)).toBe(2 / 4);
    expect(precision(graded, gains, 10)).toBeCloseTo(3 / 10, 15); // the ranks beyond the list are empty
    expect(recall(graded, gains, 4)).toBeCloseTo(2 / 3, 15);
    expect(recall(graded, gains, 10)).toBe(1);
    expect(rPrecision(graded, gains)).toBeCloseTo(2 / 3, 15);
  });

  test('average precision over all relevant, and over min(k, R)', () => {
    expect(averagePrecision(graded, gains, 5)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 15);
    expect(averagePrecision(graded, gains, 2)).toBeCloseTo(1 / 3, 15);
    expect(averagePrecisionCapped(graded, gains, 5)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 15);
    expect(averagePrecisionCapped(graded, gains, 2)).toBeCloseTo(1 / 2, 15);
  });

  test('rank-biased precision, p = 1/2', () => {
    expect(rankBiasedPrecision(graded, gains, 5, { persistence: 0.5 })).toBe(0.65625); // (1 + 1/4 + 1/16) / 2
    expect(rankBiasedPrecision(graded, gains, 2, { persistence: 0.5 })).toBe(0.5);
  });

  test('expected reciprocal rank', () => {
    // Satisfied with 7/8, 0, 1/8, 0, 3/8.
    const expected = 7 / 8 + ((1 / 8) * (1 / 8)) / 3 + ((1 / 8) * (7 / 8) * (3 / 8)) / 5;
    expect(expectedReciprocalRank(graded, gains, 5, { maxGrade: 3 })).toBeCloseTo(expected, 15);
    expect(expectedReciprocalRank(graded, gains, 1, { maxGrade: 3 })).toBe(7 / 8);
    expect(expectedReciprocalRank(graded, gains, 1, { maxGrade: 2000 })).toBe(0); // 7 / 2^2000, no overflow
  });

  test('AUC', () => {
    expect(auc(graded, gains)).toBe(3 / 6); // rank 1 beats two of two, rank 3 one, rank 5 none
    // Ranked: relevant 0, other 1. Left out: relevant 2, other 3, 4. Wins: 0 beats 1, 3 and 4; 2 wins nothing.
    const short = rankOrder([0, 1], { candidates: 5, missing: 'zero' });
    expect(auc(short, [1, 0, 1, 0, 0])).toBe(3 / 6);
    expect(auc(rankOrder([0, 1], { candidates: 5 }), [1, 0, 1, 0, 0])).toBe(4 / 6); // 2 ties with 3 and 4
  });

  test('grouped AUC', () => {
    // Group 0: 1 relevant above 1 of 2 others, AUC 1/2. Group 5: AUC 1. Group 3: nothing relevant.
    const columns = { scores: [3, 5, 1, 2, 1, 9], gains: [1, 0, 0, 2, 0, 0], groups: [0, 0, 0, 5, 5, 3] };
    expect(groupedAuc(columns, { undefinedGroups: 'omit' })).toBeCloseTo((3 * 0.5 + 2 * 1) / 5, 15);
  });

  test('a tie of two relevant candidates among four at k = 2', () => {
    const ranking = rankByScores([0, 0, 0, 0]);
    expect(hitRate(ranking, [1, 1, 0, 0], 2)).toBeCloseTo(5 / 6, 15); // 1 - C(2,2) / C(4,2)
    expect(reciprocalRank(ranking, [1, 1, 0, 0], 2)).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3) * (1 / 2), 15);
    expect(ndcg(ranking, [1, 1, 0, 0], 2)).toBeCloseTo(1 / 2, 15); // mean gain 1/2 at every rank
  });

  test('a tie of ranks 2 and 3, one of them relevant, before a relevant rank 4', () => {
    const ranking = rankByScores([2, 1, 1, 0]);
    const tied = [0, 1, 0, 1];
    expect(dcg(ranking, tied, 4)).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / 2 + 1 / Math.log2(5), 15);
    expect(precision(ranking, tied, 2)).toBe(1 / 4);
    expect(recall(ranking, tied, 2)).toBe(1 / 4);
    expect(rPrecision(ranking, tied)).toBe(1 / 4);
    // Hits at 2 and 4: (1/2 + 2/4) / 2; at 3 and 4: (1/3 + 2/4) / 2.
    expect(averagePrecision(ranking, tied, 4)).toBeCloseTo((1 / 2 + 5 / 12) / 2, 15);
    expect(averagePrecisionCapped(ranking, tied, 1)).toBe(0);
    expect(rankBiasedPrecision(ranking, tied, 4, { persistence: 0.5 })).toBe((0.3125 + 0.1875) / 2);
    // Satisfied with 1/2 each: 1/4 + 1/16, or 1/6 + 1/16.
    expect(expectedReciprocalRank(ranking, tied, 4, { maxGrade: 1 })).toBeCloseTo(13 / 48, 15);
    expect(auc(ranking, tied)).toBe(0.5 / 4);
  });

  test('relevant candidates that are not retrieved count in the ideal and among the relevant', () => {
    const ranking = rankOrder([1], { candidates: 3, missing: 'zero' });
    expect(ndcg(ranking, [1, 1, 0], 2)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 15);
    expect(recall(ranking, [1, 1, 0], 2)).toBe(1 / 2);
    expect(averagePrecision(ranking, [1, 1, 0], 2)).toBe(1 / 2);
    expect(rPrecision(ranking, [1, 1, 0])).toBe(1 / 2);
    expect(ndcg(ranking, [1, 0, 0], 3)).toBe(0);
    expect(reciprocalRank(ranking, [1, 0, 0], 3)).toBe(0);
    expect(hitRate(ranking, [1, 0, 0], 3)).toBe(0);
  });

  // The sum of 1 / log2(r + 1) over the first k ranks, by the number of candidates.
  test.each([
    [10, 1, 0.1],
    [10, 5, 0.2948],
    [10, 10, 0.4544],
    [20, 10, 0.2272],
    [20, 20, 0.352],
  ])('chance: one relevant of %i, NDCG@%i = %f', (candidates, k, chance) => {
    const gains = new Float64Array(candidates);
    gains[3] = 1;
    expect(ndcg(rankByScores(new Float32Array(candidates)), gains, k)).toBeCloseTo(chance, 4);
    expect(ndcg(rankOrder([], { candidates }), gains, k)).toBeCloseTo(chance, 4);
    expect(ndcg(rankOrder([], { candidates, missing: 'zero' }), gains, k)).toBe(0);
  });

  test('MRR by chance is the mean of 1 / rank', () => {
    expect(reciprocalRank(rankByScores([1, 1, 1]), [0, 5, 0], 3)).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 15);
  });
});

describe('rejects', () => {
  const ranking = strict(0, 1);

  test.each([0, 1, -0.2, 1.2, Number.NaN])('persistence %d', (persistence) => {
    expect(() => rankBiasedPrecision(ranking, [1, 0], 2, { persistence })).toThrow(
      invalid(/persistence to be above 0/),
    );
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('maxGrade %d', (maxGrade) => {
    expect(() => expectedReciprocalRank(ranking, [1, 0], 2, { maxGrade })).toThrow(
      invalid(/maxGrade to be a finite number/),
    );
  });

  test('a grade above the highest', () => {
    expect(() => expectedReciprocalRank(ranking, [1, 5], 2, { maxGrade: 4 })).toThrow(
      invalid(/Expected gains\[1\] to be at most maxGrade, 4, received 5\. Pass the highest grade/),
    );
    expect(() => ndcgBurges(ranking, [1, 513], 2)).toThrow(invalid(/gains\[1\] to be at most 512/));
    expect(ndcgBurges(ranking, [512, 512], 2)).toBe(1);
  });

  test('AUC without a candidate that is not relevant', () => {
    expect(() => auc(ranking, [1, 2])).toThrow(
      invalid(/Expected gains to be 0 for at least one item, .* AUC compares .*: add one, or leave the user out/),
    );
  });

  test('what is no CandidateRanking, with what builds one', () => {
    for (const wrong of [[0, 1], undefined, null, {}, { order: [0, 1], groups: [0, 1] }, 'ab']) {
      const advice = /Expected ranking to be a CandidateRanking, received .* Build it with rankOrder or rankByScores/;
      expect(() => ndcg(wrong as never, [1, 0], 3)).toThrow(invalid(advice));
      expect(() => auc(wrong as never, [1, 0])).toThrow(invalid(advice));
    }
    const order = Int32Array.of(0, 1);
    const shape = /Expected ranking.groups\[.\] to be of tie groups that start at 0 and never decrease, received/;
    for (const groups of [Int32Array.of(1, 1), Int32Array.of(-1, 0), Int32Array.of(0, -1)]) {
      expect(() => ndcg({ order, groups }, [1, 0], 3)).toThrow(invalid(shape));
    }
  });

  test('gains that are no numbers', () => {
    for (const gain of [null, true, '1', undefined]) {
      const gains = [1, gain] as number[];
      const message = /Expected gains\[1\] to be a finite number, at least 0, received/;
      expect(() => ndcg(ranking, gains, 2)).toThrow(invalid(message));
      expect(() => dcgBurges(ranking, gains, 2)).toThrow(invalid(message));
      expect(() => groupedAuc({ scores: [1, 2], gains, groups: [0, 0] })).toThrow(invalid(message));
    }
    for (const gains of [undefined, null, new Set([1]), '10']) {
      expect(() => ndcg(ranking, gains as never, 2)).toThrow(invalid(/gains to be an array or a typed array/));
    }
  });

  test('gains of which no metric and no mean would be finite', () => {
    expect(() => dcg(rankByScores([0, 0]), [9e299, 9e299], 2)).toThrow(invalid(/may add up to 1e300/));
    // Twice 5e299 at the ranks 1 and 2.
    expect(dcg(rankByScores([0, 0]), [5e299, 5e299], 2) / (5e299 * (1 + 1 / Math.log2(3)))).toBeCloseTo(1, 14);
    expect(ndcg(rankByScores([1, 0]), [1e299, 9e299], 2)).toBeLessThan(1);
  });

  test('wrong rows of grouped AUC by their own number, also in groups that are left out', () => {
    const given = { scores: [3, 5, 1, 2], gains: [1, 0, 0, 0], groups: ['a', 'b', 'a', 'b'] };
    const omit = { undefinedGroups: 'omit' } as const;
    expect(groupedAuc(given, omit)).toBe(1);
    const row = 3; // the second of group b, which has no AUC
    const wrong = (change: object) => () => groupedAuc({ ...given, ...change }, omit);
    for (const value of [Number.NaN, '1', null, undefined]) {
      expect(wrong({ scores: given.scores.with(row, value as never) })).toThrow(invalid(/scores\[3\] to be a number/));
      expect(wrong({ gains: given.gains.with(row, value as never) })).toThrow(invalid(/gains\[3\] to be a finite/));
    }
    for (const value of [Number.NEGATIVE_INFINITY, -1]) {
      expect(wrong({ gains: given.gains.with(row, value) })).toThrow(invalid(/gains\[3\] to be a finite/));
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, null]) {
      expect(wrong({ groups: given.groups.with(row, value as never) })).toThrow(
        invalid(/groups\[3\] to be a text or a finite number/),
      );
    }
    for (const name of ['scores', 'gains', 'groups']) {
      expect(wrong({ [name]: new Set([1, 2, 3, 4]) })).toThrow(invalid(new RegExp(`${name} to be an array`)));
    }
    expect(() => groupedAuc(given)).toThrow(invalid(/group "b" to be with both/));
  });

  test('what grouped AUC cannot score', () => {
    const columns = { scores: [1, 2], gains: [1, 0], groups: [0, 0] };
    expect(groupedAuc(columns)).toBe(0);
    expect(() => groupedAuc({ ...columns, gains: [1] })).toThrow(invalid(/of one length, received "2,1,2"/));
    expect(() => groupedAuc({ ...columns, groups: [0] })).toThrow(invalid(/of one length/));
    expect(() => groupedAuc({ ...columns, gains: [1, Number.NaN] })).toThrow(invalid(/gains\[1\]/));
    expect(() => groupedAuc({ ...columns, groups: [0, Number.NaN] })).toThrow(invalid(/groups\[1\]/));
    expect(() => groupedAuc({ ...columns, scores: [0, Number.NaN] })).toThrow(invalid(/scores\[1\]/));
    expect(() => groupedAuc({ ...columns, groups: [0, 1] })).toThrow(
      invalid(/group 0 .*received "1 relevant of 1"\. Pass/),
    );
    expect(() => groupedAuc({ ...columns, groups: [0, 1] }, { undefinedGroups: 'omit' })).toThrow(
      invalid(/at least one group/),
    );
    expect(() => groupedAuc({ scores: [], gains: [], groups: [] })).toThrow(invalid(/at least one group/));
    expect(() => groupedAuc(columns, { undefinedGroups: 'skip' as 'omit' })).toThrow(invalid(/undefinedGroups/));
  });
});

test('NoRelevantItemError is recognised and carries its code', () => {
  const error = new NoRelevantItemError('u1');
  expect(NoRelevantItemError.isInstance(error)).toBe(true);
  expect(NoRelevantItemError.isInstance(new Error('x'))).toBe(false);
  expect(error).toMatchObject({ code: 'NO_RELEVANT_ITEM', user: 'u1', name: 'NoRelevantItemError' });
});
