import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { rankByScores } from '../rank-by-scores.ts';
import { rankOrder } from '../rank-order.ts';
import {
  averageRanks,
  fuseByBorda,
  fuseByCopeland,
  fuseByMedianRank,
  fuseByReciprocalRank,
  kendallTauB,
  rankBiasedOverlap,
  spearmanCorrelation,
} from './index.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const size = 7;
const scores = fc.array(fc.nat(3), { minLength: size, maxLength: size });
const listed = fc.uniqueArray(fc.nat(size - 1), { maxLength: size });

describe('average ranks', () => {
  test('lie in [1, n] and add up to n (n + 1) / 2, whatever ties or is not listed', () => {
    fc.assert(
      fc.property(listed, (order) => {
        const ranks = averageRanks(rankOrder(order, { candidates: size, missing: 'zero' }), { candidates: size });
        expect(Math.min(...ranks)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...ranks)).toBeLessThanOrEqual(size);
        expect(sum([...ranks])).toBe((size * (size + 1)) / 2);
        order.forEach((candidate, position) => {
          expect(ranks[candidate]).toBe(position + 1);
        });
        const completed = rankOrder(order, { candidates: size, missing: 'expected-ties' });
        expect(averageRanks(completed, { candidates: size })).toEqual(ranks);
      }),
    );
  });

  test('are 1/2 more than the candidates above and half of those level, the candidate itself included', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const above = (value: number) => values.filter((other) => other > value).length;
        const level = (value: number) => values.filter((other) => other === value).length;
        const expected = values.map((value) => above(value) + (level(value) + 1) / 2);
        expect([...averageRanks(rankByScores(values), { candidates: size })]).toEqual(expected);
        const backwards = averageRanks(rankByScores(values.toReversed()), { candidates: size });
        expect([...backwards].reverse()).toEqual(expected);
      }),
    );
  });
});

describe('correlations', () => {
  const varied = scores.filter((values) => new Set(values).size > 1);

  test("Spearman's rho is Pearson's formula on the ranks, not held to any bound", () => {
    fc.assert(
      fc.property(varied, varied, (first, second) => {
        const deviations = (values: readonly number[]) =>
          [...averageRanks(rankByScores(values), { candidates: size })].map((rank) => rank - (size + 1) / 2);
        const a = deviations(first);
        const b = deviations(second);
        const product = sum(a.map((value, index) => value * b[index]!));
        const squares = sum(a.map((value) => value ** 2)) * sum(b.map((value) => value ** 2));
        expect(spearmanCorrelation(first, second)).toBeCloseTo(product / Math.sqrt(squares), 12);
      }),
    );
  });

  test('setting one neighbouring pair right adds 4 / (n (n - 1)) to tau and 12 / (n (n^2 - 1)) or more to rho', () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: size });
    fc.assert(
      fc.property(orders, orders, fc.nat(size - 2), (first, second, upper) => {
        const place = first.indexOf(upper);
        const next = first.indexOf(upper + 1);
        fc.pre((second[place]! - second[next]!) * (first[place]! - first[next]!) < 0);
        const righted = first.with(place, upper + 1).with(next, upper);
        const rise = kendallTauB(righted, second) - kendallTauB(first, second);
        expect(rise).toBeCloseTo(4 / (size * (size - 1)), 12);
        const riseOfRho = spearmanCorrelation(righted, second) - spearmanCorrelation(first, second);
        expect(riseOfRho).toBeGreaterThanOrEqual(12 / (size * (size ** 2 - 1)) - 1e-12);
      }),
    );
  });
});

describe('rank-biased overlap', () => {
  const filled = fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 12 });
  const persistences = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  const overlap = (first: readonly number[], second: readonly number[], persistence: number) =>
    rankBiasedOverlap(toRanking(first), toRanking(second), { persistence });
  const toRanking = (order: readonly number[]): CandidateRanking =>
    rankOrder(order, { candidates: 12, missing: 'zero' });

  test('is the mean agreement at a geometric depth, not held to any bound', () => {
    fc.assert(
      fc.property(filled, filled, persistences, (first, second, persistence) => {
        const [short, long] = first.length <= second.length ? [first, second] : [second, first];
        const shared = (depth: number) =>
          short.slice(0, depth).filter((item) => long.slice(0, depth).includes(item)).length;
        const agreement = (depth: number): number => {
          if (depth > long.length) return agreement(long.length);
          const unseen = (shared(short.length) / short.length) * Math.max(0, depth - short.length);
          return (shared(depth) + unseen) / depth;
        };
        // Beyond depth 1000 less than 1e-22 is left.
        const terms = Array.from(
          { length: 1000 },
          (_, index) => (1 - persistence) * persistence ** index * agreement(index + 1),
        );
        expect(overlap(first, second, persistence)).toBeCloseTo(sum(terms), 12);
      }),
    );
  });

  test('of a list and the same with neighbours d and d + 1 exchanged is 1 - (1 - p) p^(d - 1) / d', () => {
    fc.assert(
      fc.property(filled, fc.nat(), persistences, (list, seed, persistence) => {
        fc.pre(list.length > 1);
        const depth = 1 + (seed % (list.length - 1));
        const exchanged = list.with(depth - 1, list[depth]!).with(depth, list[depth - 1]!);
        const expected = 1 - ((1 - persistence) * persistence ** (depth - 1)) / depth;
        expect(overlap(list, exchanged, persistence)).toBeCloseTo(expected, 12);
        expect(overlap(list, list, persistence)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('of a ranking with ties and itself is below 1, and of rankings that share nothing is 0', () => {
    fc.assert(
      fc.property(scores, persistences, (values, persistence) => {
        const ranking = rankByScores(values);
        const itself = rankBiasedOverlap(ranking, ranking, { persistence });
        expect(itself).toBeGreaterThan(0);
        // Some scores tie: there are four of them and seven candidates.
        expect(itself).toBeLessThan(1);
        const elsewhere = { order: ranking.order.map((candidate) => candidate + size), groups: ranking.groups };
        expect(rankBiasedOverlap(ranking, elsewhere, { persistence })).toBe(0);
      }),
    );
  });
});

describe.each([
  ['fuseByBorda', fuseByBorda],
  ['fuseByReciprocalRank', fuseByReciprocalRank],
  ['fuseByMedianRank', fuseByMedianRank],
  ['fuseByCopeland', fuseByCopeland],
])('%s', (_, fuse) => {
  test('a candidate that moves up in one ranking falls behind nobody', () => {
    const lists = fc.array(scores, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(size - 1), fc.integer({ min: 1, max: 7 }), (given, seed, candidate, rise) => {
        const chosen = seed % given.length;
        const raised = given[chosen]!.with(candidate, given[chosen]![candidate]! + rise / 2);
        const levels = (rankings: readonly (readonly number[])[]) => {
          const fused = fuse(
            rankings.map((values) => rankByScores(values)),
            { candidates: size },
          );
          return Array.from({ length: size }, (_, other) => fused.groups[fused.order.indexOf(other)]!);
        };
        const before = levels(given);
        const after = levels(given.with(chosen, raised));
        for (let other = 0; other < size; other++) {
          if (before[candidate]! < before[other]!) expect(after[candidate]).toBeLessThan(after[other]!);
          if (before[candidate]! === before[other]!) expect(after[candidate]).toBeLessThanOrEqual(after[other]!);
        }
      }),
    );
  });
});
