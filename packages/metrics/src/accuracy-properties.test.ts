import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  auc,
  averagePrecision,
  averagePrecisionCapped,
  type CandidateRanking,
  dcg,
  dcgBurges,
  expectedReciprocalRank,
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

type Metric = (ranking: CandidateRanking, gains: ArrayLike<number>, k: number) => number;

interface Case {
  readonly metric: Metric;
  /** The value of a perfect ranking with R relevant candidates; the DCGs and ERR depend on all gains. */
  readonly perfect?: (relevant: number, k: number) => number;
  /** Precision falls where a rank is added that holds nothing. */
  readonly fallsWithK?: boolean;
  readonly cutoff?: boolean;
}

const always = (): number => 1;
const cases: Readonly<Record<string, Case>> = {
  ndcg: { metric: ndcg, perfect: always },
  ndcgBurges: { metric: ndcgBurges, perfect: always },
  dcg: { metric: dcg },
  dcgBurges: { metric: dcgBurges },
  hitRate: { metric: hitRate, perfect: always },
  recall: { metric: recall, perfect: (relevant, k) => Math.min(k, relevant) / relevant },
  precision: { metric: precision, perfect: (relevant, k) => Math.min(k, relevant) / k, fallsWithK: true },
  reciprocalRank: { metric: reciprocalRank, perfect: always },
  averagePrecision: { metric: averagePrecision, perfect: (relevant, k) => Math.min(k, relevant) / relevant },
  averagePrecisionCapped: { metric: averagePrecisionCapped, perfect: always },
  rPrecision: { metric: rPrecision, perfect: always, cutoff: false },
  rankBiasedPrecision: {
    metric: (ranking, gains, k) => rankBiasedPrecision(ranking, gains, k, { persistence: 0.8 }),
    perfect: (relevant, k) => 1 - 0.8 ** Math.min(k, relevant),
  },
  expectedReciprocalRank: {
    metric: (ranking, gains, k) => expectedReciprocalRank(ranking, gains, k, { maxGrade: 3 }),
  },
  auc: { metric: auc, perfect: always, cutoff: false },
};

const strict = (order: readonly number[]): CandidateRanking => rankOrder(order, { candidates: order.length });

/** Candidates with small integer scores (many ties) and gains, some of them positive and some 0. */
const scored = (maximum: number) =>
  fc
    .integer({ min: 2, max: maximum })
    .chain((size) =>
      fc.record({
        scores: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
        gains: fc.array(fc.constantFrom(0, 0, 0.5, 1, 3), { minLength: size, maxLength: size }),
        k: fc.integer({ min: 1, max: size + 2 }),
      }),
    )
    .filter(({ gains }) => gains.some((gain) => gain > 0) && gains.includes(0));

describe.each(Object.entries(cases))('%s', (_, { metric, perfect, fallsWithK = false, cutoff = true }) => {
  test('is at least 0, and a perfect ranking has the largest value', () => {
    fc.assert(
      fc.property(scored(12), ({ scores, gains, k }) => {
        const value = metric(rankByScores(scores), gains, k);
        const best = metric(rankByScores(gains), gains, k);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(best + 1e-12);
        const relevant = gains.filter((gain) => gain > 0).length;
        if (perfect !== undefined) expect(best).toBeCloseTo(perfect(relevant, k), 14);
        if (perfect !== undefined) expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('under each tie rule is the mean, the first and the least over all orders inside the tie groups', () => {
    fc.assert(
      fc.property(scored(7), ({ scores, gains, k }) => {
        const values = permute(scores.map((_, candidate) => candidate))
          .filter((order) =>
            order.every((candidate, position) => position === 0 || scores[order[position - 1]!]! >= scores[candidate]!),
          )
          .map((order) => metric(strict(order), gains, k));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(metric(rankByScores(scores), gains, k)).toBeCloseTo(mean, 12);
        expect(metric(rankByScores(scores, { ties: 'expected' }), gains, k)).toBeCloseTo(mean, 12);
        // Orders are enumerated in lexical order, so the first one keeps candidate order inside groups.
        expect(metric(rankByScores(scores, { ties: 'stable' }), gains, k)).toBe(values[0]);
        const least = metric(rankByScores(scores, { ties: 'pessimistic', gains }), gains, k);
        expect(least).toBeCloseTo(Math.min(...values), 12);
      }),
      { numRuns: 25 },
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
          expect(metric(strict(moved), gains, k)).toBeGreaterThanOrEqual(metric(strict(order), gains, k) - 1e-12);
        }
        if (fallsWithK) return;
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
    const ranking = strict([0, 1]);
    expect(() => metric(ranking, [0, 0], 1)).toThrow(NoRelevantItemError);
    for (const k of cutoff ? [0, -1, 1.5, Number.NaN] : []) {
      expect(() => metric(ranking, [1, 0], k)).toThrow(/Expected k to be/);
    }
    for (const gain of [Number.NaN, -1]) {
      expect(() => metric(ranking, [1, gain], 1)).toThrow(/Expected gains\[1\] to be a finite number/);
    }
    expect(() => metric(ranking, [1, Number.POSITIVE_INFINITY], 1)).toThrow(/Expected gains.* to be .*finite number/);
    expect(() => metric(ranking, [1], 1)).toThrow(/ranking.order\[1\] to be a candidate index below 1 .*, received 1/);
    expect(() => metric({ order: ranking.order, groups: new Int32Array(1) }, [1, 0], 1)).toThrow(/ranking.groups/);
    const twice = { order: Int32Array.of(1, 1), groups: Int32Array.of(0, 1) };
    expect(() => metric(twice, [1, 0], 1)).toThrow(/ranking.order\[1\] to be .* not ranked before, received 1/);
    const foreign = { order: Int32Array.of(-1), groups: Int32Array.of(0) };
    expect(() => metric(foreign, [1, 0], 1)).toThrow(
      /ranking.order\[0\] to be a candidate index below 2 .*, received -1/,
    );
  });
});

test('gains whose sum overflows are refused', () => {
  const ranking = strict([0, 1]);
  expect(() => ndcg(ranking, [1e308, 1.1e308], 2)).toThrow(/finite numbers with a finite sum, received Infinity/);
});

function permute(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) => permute(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}
