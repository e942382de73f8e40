import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  auc,
  averagePrecision,
  averagePrecisionCapped,
  breakTies,
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
  /** The formula without ties, not held to any bound: gains in ranked order, all gains in falling order, the cut-off. */
  readonly formula: (ranked: readonly number[], ideal: readonly number[], k: number) => number;
  /** The value of a perfect ranking with R relevant candidates; the DCGs and ERR depend on all gains. */
  readonly perfect?: (relevant: number, k: number) => number;
  /** Precision falls where a rank is added that holds nothing. */
  readonly fallsWithK?: boolean;
  readonly cutoff?: boolean;
}

const persistence = 0.8;
const maxGrade = 3;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const countHits = (gains: readonly number[], k = gains.length): number =>
  gains.slice(0, k).filter((gain) => gain > 0).length;
const sumOverHits = (ranked: readonly number[], k: number, term: (rank: number) => number): number =>
  sum(ranked.slice(0, k).map((gain, index) => (gain > 0 ? term(index + 1) : 0)));
const discount = (ranked: readonly number[], k: number): number =>
  sum(ranked.slice(0, k).map((gain, index) => gain / Math.log2(index + 2)));
const exponential = (gains: readonly number[]): number[] => gains.map((gain) => 2 ** gain - 1);
const precisions = (ranked: readonly number[], k: number): number =>
  sumOverHits(ranked, k, (rank) => countHits(ranked, rank) / rank);
const satisfaction = (gain: number): number => (2 ** gain - 1) / 2 ** maxGrade;
const firstHit = (ranked: readonly number[]): number => ranked.findIndex((gain) => gain > 0) + 1;

const always = (): number => 1;
const cases: Readonly<Record<string, Case>> = {
  ndcg: { metric: ndcg, formula: (ranked, ideal, k) => discount(ranked, k) / discount(ideal, k), perfect: always },
  ndcgBurges: {
    metric: ndcgBurges,
    formula: (ranked, ideal, k) => discount(exponential(ranked), k) / discount(exponential(ideal), k),
    perfect: always,
  },
  dcg: { metric: dcg, formula: (ranked, _, k) => discount(ranked, k) },
  dcgBurges: { metric: dcgBurges, formula: (ranked, _, k) => discount(exponential(ranked), k) },
  hitRate: { metric: hitRate, formula: (ranked, _, k) => (countHits(ranked, k) > 0 ? 1 : 0), perfect: always },
  recall: {
    metric: recall,
    formula: (ranked, ideal, k) => countHits(ranked, k) / countHits(ideal),
    perfect: (relevant, k) => Math.min(k, relevant) / relevant,
  },
  precision: {
    metric: precision,
    formula: (ranked, _, k) => countHits(ranked, k) / k,
    perfect: (relevant, k) => Math.min(k, relevant) / k,
    fallsWithK: true,
  },
  reciprocalRank: {
    metric: reciprocalRank,
    formula: (ranked, _, k) => (countHits(ranked, k) > 0 ? 1 / firstHit(ranked) : 0),
    perfect: always,
  },
  averagePrecision: {
    metric: averagePrecision,
    formula: (ranked, ideal, k) => precisions(ranked, k) / countHits(ideal),
    perfect: (relevant, k) => Math.min(k, relevant) / relevant,
  },
  averagePrecisionCapped: {
    metric: averagePrecisionCapped,
    formula: (ranked, ideal, k) => precisions(ranked, k) / Math.min(k, countHits(ideal)),
    perfect: always,
  },
  rPrecision: {
    metric: rPrecision,
    formula: (ranked, ideal) => countHits(ranked, countHits(ideal)) / countHits(ideal),
    perfect: always,
    cutoff: false,
  },
  rankBiasedPrecision: {
    metric: (ranking, gains, k) => rankBiasedPrecision(ranking, gains, k, { persistence }),
    formula: (ranked, _, k) => (1 - persistence) * sumOverHits(ranked, k, (rank) => persistence ** (rank - 1)),
    perfect: (relevant, k) => 1 - persistence ** Math.min(k, relevant),
  },
  expectedReciprocalRank: {
    metric: (ranking, gains, k) => expectedReciprocalRank(ranking, gains, k, { maxGrade }),
    formula: (ranked, _, k) => {
      const passed = (rank: number) => ranked.slice(0, rank - 1).reduce((pass, g) => pass * (1 - satisfaction(g)), 1);
      return sumOverHits(ranked, k, (rank) => (satisfaction(ranked[rank - 1]!) * passed(rank)) / rank);
    },
  },
  auc: {
    metric: auc,
    // Not in terms of k: other candidates below each relevant one, those that are not listed included.
    formula: (ranked, ideal) => {
      const others = ideal.length - countHits(ideal);
      const above = (rank: number) => rank - countHits(ranked, rank);
      return sumOverHits(ranked, ranked.length, (rank) => others - above(rank)) / (countHits(ideal) * others);
    },
    perfect: always,
    cutoff: false,
  },
};

const strict = (order: readonly number[]): CandidateRanking => ({
  order: Int32Array.from(order),
  groups: Int32Array.from(order.keys()),
});

/** Ranks the candidates that have a score; the others are not listed. */
const rankListed = (scores: readonly (number | undefined)[]): CandidateRanking => {
  const listed = [...scores.keys()].filter((candidate) => scores[candidate] !== undefined);
  if (listed.length === 0) return strict([]);
  const { order, groups } = rankByScores(listed.map((candidate) => scores[candidate]!));
  return { order: order.map((index) => listed[index]!), groups };
};

const graded: fc.Arbitrary<number> = fc.constantFrom(0, 0, 0.5, 1, 3);

/** Candidates with small integer scores (many ties), some not listed, and gains, some positive and some 0. */
const candidates = (maximum: number, score: fc.Arbitrary<number | undefined>, gain: fc.Arbitrary<number> = graded) =>
  fc
    .integer({ min: 2, max: maximum })
    .chain((size) =>
      fc.record({
        scores: fc.array(score, { minLength: size, maxLength: size }),
        gains: fc.array(gain, { minLength: size, maxLength: size }),
        k: fc.integer({ min: 1, max: size + 2 }),
      }),
    )
    .filter(({ gains }) => gains.some((value) => value > 0) && gains.includes(0));

const tied = fc.integer({ min: 0, max: 3 });
const tiedOrUnlisted = fc.oneof({ weight: 3, arbitrary: tied }, { weight: 1, arbitrary: fc.constant(undefined) });

describe.each(Object.entries(cases))('%s', (_, { metric, formula, perfect, fallsWithK = false, cutoff = true }) => {
  const fallingGains = (gains: readonly number[]): number[] => [...gains].sort((a, b) => b - a);

  test('is at least 0, and a perfect ranking has the largest value', () => {
    fc.assert(
      fc.property(candidates(12, tiedOrUnlisted), ({ scores, gains, k }) => {
        const value = metric(rankListed(scores), gains, k);
        const best = metric(rankByScores(gains), gains, k);
        const ideal = fallingGains(gains);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(best + 1e-12);
        expect(best).toBeCloseTo(formula(ideal, ideal, k), 12);
        if (perfect !== undefined) expect(best).toBeCloseTo(perfect(countHits(gains), k), 14);
        if (perfect !== undefined) expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('under each tie rule is the mean, the first and the least of its formula over all orders of tied candidates', () => {
    fc.assert(
      fc.property(candidates(7, tiedOrUnlisted), ({ scores, gains, k }) => {
        const listed = [...scores.keys()].filter((candidate) => scores[candidate] !== undefined);
        const values = permute(listed)
          .filter((order) => order.every((c, place) => place === 0 || scores[order[place - 1]!]! >= scores[c]!))
          .map((order) => order.map((candidate) => gains[candidate]!))
          .map((ranked) => formula(ranked, fallingGains(gains), k));
        const ranking = rankListed(scores);
        expect(metric(ranking, gains, k)).toBeCloseTo(sum(values) / values.length, 12);
        // Orders are enumerated in lexical order, so the first one keeps candidate order inside groups.
        expect(metric(breakTies(ranking, { ties: 'stable' }), gains, k)).toBeCloseTo(values[0]!, 12);
        const least = metric(breakTies(ranking, { ties: 'pessimistic', gains }), gains, k);
        expect(least).toBeCloseTo(Math.min(...values), 12);
        if (listed.length < scores.length) return;
        expect(rankByScores(scores as number[])).toEqual(ranking);
        expect(rankByScores(scores as number[], { ties: 'stable' })).toEqual(breakTies(ranking, { ties: 'stable' }));
      }),
      { numRuns: 40 },
    );
  });

  test('does not fall when a candidate changes places with a worse one above it, or one that is listed', () => {
    fc.assert(
      fc.property(candidates(9, tiedOrUnlisted), ({ scores, gains, k }) => {
        const value = metric(rankListed(scores), gains, k);
        const height = (candidate: number) => scores[candidate] ?? Number.NEGATIVE_INFINITY;
        for (const lower of scores.keys()) {
          for (const upper of scores.keys()) {
            if (height(upper) <= height(lower) || gains[upper]! > gains[lower]!) continue;
            const moved = scores.with(lower, scores[upper]).with(upper, scores[lower]);
            expect(metric(rankListed(moved), gains, k)).toBeGreaterThanOrEqual(value - 1e-12);
          }
        }
      }),
    );
  });

  test('does not fall when a relevant candidate moves up: into a tie, out of one, or into the list', () => {
    fc.assert(
      fc.property(candidates(9, tiedOrUnlisted, fc.constantFrom(0, 0, 1)), ({ scores, gains, k }) => {
        const value = metric(rankListed(scores), gains, k);
        for (const candidate of scores.keys()) {
          if (gains[candidate] === 0) continue;
          for (const score of [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]) {
            if (score <= (scores[candidate] ?? -1)) continue;
            const moved = metric(rankListed(scores.with(candidate, score)), gains, k);
            expect(moved).toBeGreaterThanOrEqual(value - 1e-12);
          }
        }
      }),
    );
  });

  test('does not fall when k grows with one relevant candidate', () => {
    fc.assert(
      fc.property(candidates(10, tiedOrUnlisted), fc.nat(), ({ scores, gains, k }, seed) => {
        if (fallsWithK) return;
        const single = gains.map((_, candidate) => (candidate === seed % gains.length ? 1 : 0));
        const ranking = rankListed(scores);
        expect(metric(ranking, single, k + 1)).toBeGreaterThanOrEqual(metric(ranking, single, k) - 1e-12);
      }),
    );
  });

  test('does not depend on how candidates are numbered', () => {
    fc.assert(
      fc.property(candidates(10, tiedOrUnlisted), ({ scores, gains, k }) => {
        const reversed = metric(rankListed(scores.toReversed()), gains.toReversed(), k);
        expect(reversed).toBeCloseTo(metric(rankListed(scores), gains, k), 12);
      }),
    );
  });

  test('rejects what it cannot score', () => {
    const ranking = rankOrder([0, 1], { candidates: 2 });
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

test('expected reciprocal rank is below the chance to be satisfied at all, and that below 1', () => {
  fc.assert(
    fc.property(candidates(12, tiedOrUnlisted), ({ scores, gains, k }) => {
      const value = expectedReciprocalRank(rankListed(scores), gains, k, { maxGrade });
      const best = [...gains].sort((a, b) => b - a).slice(0, k);
      const satisfied = 1 - best.reduce((pass, gain) => pass * (1 - satisfaction(gain)), 1);
      expect(value).toBeLessThanOrEqual(satisfied + 1e-12);
      // Even where every candidate has the highest grade.
      const highest = gains.map(() => maxGrade);
      expect(expectedReciprocalRank(rankByScores(gains), highest, k, { maxGrade })).toBeLessThan(1);
    }),
  );
});

test('gains whose sum overflows are refused', () => {
  const ranking = strict([0, 1]);
  expect(() => ndcg(ranking, [1e308, 1.1e308], 2)).toThrow(/finite numbers with a finite sum, received Infinity/);
});

function permute(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) => permute(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}
