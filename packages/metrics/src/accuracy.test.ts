import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CandidateRanking,
  hitRate,
  NoRelevantItemError,
  ndcg,
  rankByScores,
  rankOrder,
  reciprocalRank,
} from './index.ts';

const metrics = { ndcg, hitRate, reciprocalRank };
const metricTable = Object.entries(metrics);

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

  test('a tie of two relevant candidates among four at k = 2', () => {
    const ranking = rankByScores([0, 0, 0, 0]);
    expect(hitRate(ranking, [1, 1, 0, 0], 2)).toBeCloseTo(5 / 6, 15); // 1 - C(2,2) / C(4,2)
    expect(reciprocalRank(ranking, [1, 1, 0, 0], 2)).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3) * (1 / 2), 15);
    expect(ndcg(ranking, [1, 1, 0, 0], 2)).toBeCloseTo(1 / 2, 15); // mean gain 1/2 at every rank
  });

  test('relevant candidates that are not retrieved count in the ideal', () => {
    const ranking = rankOrder([1], { candidates: 3, missing: 'zero' });
    expect(ndcg(ranking, [1, 1, 0], 2)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 15);
    expect(ndcg(ranking, [1, 0, 0], 3)).toBe(0);
    expect(reciprocalRank(ranking, [1, 0, 0], 3)).toBe(0);
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

/** Candidates with small integer scores (many ties) and gains, at least one of them positive. */
const scored = (maximum: number) =>
  fc
    .integer({ min: 1, max: maximum })
    .chain((size) =>
      fc.record({
        scores: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
        gains: fc.array(fc.constantFrom(0, 0, 0.5, 1, 3), { minLength: size, maxLength: size }),
        k: fc.integer({ min: 1, max: size + 2 }),
      }),
    )
    .filter(({ gains }) => gains.some((gain) => gain > 0));

describe.each(metricTable)('%s', (_, metric) => {
  test('lies in [0, 1], and a perfect ranking scores 1', () => {
    fc.assert(
      fc.property(scored(12), ({ scores, gains, k }) => {
        const value = metric(rankByScores(scores), gains, k);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(metric(rankByScores(gains), gains, k)).toBeCloseTo(1, 14);
      }),
    );
  });

  test('with ties is the mean over all orders inside the tie groups', () => {
    fc.assert(
      fc.property(scored(6), ({ scores, gains, k }) => {
        const orders = permute(scores.map((_, candidate) => candidate)).filter((order) =>
          order.every((candidate, position) => position === 0 || scores[order[position - 1]!]! >= scores[candidate]!),
        );
        const total = orders.reduce((sum, order) => sum + metric(strict(...order), gains, k), 0);
        expect(metric(rankByScores(scores), gains, k)).toBeCloseTo(total / orders.length, 12);
      }),
      { numRuns: 60 },
    );
  });

  test('does not fall when a candidate of higher gain moves up, nor when k grows with one relevant candidate', () => {
    fc.assert(
      fc.property(scored(10), fc.nat(), ({ scores, gains, k }, seed) => {
        const order = [...rankByScores(scores.map((score, candidate) => score + candidate / 100)).order];
        const upper = seed % order.length;
        for (let lower = upper + 1; lower < order.length; lower++) {
          if (gains[order[lower]!]! < gains[order[upper]!]!) continue;
          const moved = [...order];
          [moved[upper], moved[lower]] = [order[lower]!, order[upper]!];
          expect(metric(strict(...moved), gains, k)).toBeGreaterThanOrEqual(metric(strict(...order), gains, k) - 1e-12);
        }
        const single = gains.map((_, candidate) => (candidate === upper ? 1 : 0));
        const ranking = rankByScores(scores);
        expect(metric(ranking, single, k + 1)).toBeGreaterThanOrEqual(metric(ranking, single, k) - 1e-12);
      }),
    );
  });

  test('does not depend on how candidates are numbered', () => {
    fc.assert(
      fc.property(scored(10), ({ scores, gains, k }) => {
        const reversed = metric(rankByScores([...scores].reverse()), [...gains].reverse(), k);
        expect(reversed).toBeCloseTo(metric(rankByScores(scores), gains, k), 12);
      }),
    );
  });

  test('rejects what it cannot score', () => {
    const ranking = strict(0, 1);
    expect(() => metric(ranking, [0, 0], 1)).toThrow(NoRelevantItemError);
    for (const k of [0, -1, 1.5, Number.NaN]) expect(() => metric(ranking, [1, 0], k)).toThrow(/Expected k to be/);
    for (const gain of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(() => metric(ranking, [1, gain], 1)).toThrow(/Expected gains\[1\] to be a finite number, at least 0/);
    }
    expect(() => metric(ranking, [1], 1)).toThrow(/ranking.order\[1\] to be a candidate index below 1, received 1/);
    expect(() => metric({ order: ranking.order, groups: new Int32Array(1) }, [1, 0], 1)).toThrow(/ranking.groups/);
  });
});

test('NoRelevantItemError is recognised and carries its code', () => {
  const error = new NoRelevantItemError('u1');
  expect(NoRelevantItemError.isInstance(error)).toBe(true);
  expect(NoRelevantItemError.isInstance(new Error('x'))).toBe(false);
  expect(error).toMatchObject({ code: 'NO_RELEVANT_ITEM', user: 'u1', name: 'NoRelevantItemError' });
});

function permute(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) => permute(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}
