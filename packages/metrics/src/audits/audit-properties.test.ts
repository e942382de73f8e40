import { createRandomStream, samplePermutation } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averageRanks, kendallTauB, rankBiasedOverlap } from '../agreement/index.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { rankByScores } from '../rank-by-scores.ts';
import { rankOrder } from '../rank-order.ts';
import { exposureByGroup, ndcgByPosition, permutationAgreement, popularityTilt, positionBiasTest } from './index.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Values in hundredths, and positions of which two differ. */
const answers = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.nat(4)), { minLength: 3, maxLength: 15 })
  .filter((list) => list.some(([, position]) => position !== list[0]![1]))
  .map((list) => ({ values: list.map(([value]) => value / 100), positions: list.map(([, position]) => position) }));

describe('ndcgByPosition', () => {
  test('has the slope of all pairs of answers and the residuals around its line', () => {
    fc.assert(
      fc.property(answers, ({ values, positions }) => {
        const pairs = values.flatMap((_, second) => Array.from({ length: second }, (_, first) => [first, second]));
        const steps = (column: readonly number[]) => pairs.map(([first, second]) => column[second!]! - column[first!]!);
        const x = steps(positions);
        const y = steps(values);
        const slope = sum(x.map((step, pair) => step * y[pair]!)) / sum(x.map((step) => step ** 2));
        const audit = ndcgByPosition(values, positions);
        expect(audit.slope).toBeCloseTo(slope, 10);
        const level = mean(values) - slope * mean(positions);
        const residuals = values.map((value, answer) => value - level - slope * positions[answer]!);
        const centred = positions.map((position) => (position - mean(positions)) ** 2);
        const variance = sum(residuals.map((residual) => residual ** 2)) / (values.length - 2) / sum(centred);
        expect(audit.standardError ** 2).toBeCloseTo(variance, 10);
        expect(audit.pValue).toBeGreaterThanOrEqual(0);
        expect(audit.pValue).toBeLessThanOrEqual(1);
        const total = sum(audit.positions.map(({ count, mean: own }) => count * (own ?? 0)));
        expect(total).toBeCloseTo(sum(values), 10);
      }),
    );
  });

  test('adds what is added for each position to the slope, and turns its sign with the positions', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: -3, max: 3 }), ({ values, positions }, added) => {
        const audit = ndcgByPosition(values, positions);
        // On a line without residuals the p-value hangs on rounding.
        fc.pre(audit.standardError > 1e-6);
        const tilted = values.map((value, answer) => value + added * positions[answer]!);
        expect(ndcgByPosition(tilted, positions).slope).toBeCloseTo(audit.slope + added, 10);
        const turned = positions.map((position) => 4 - position);
        expect(ndcgByPosition(values, turned).slope).toBeCloseTo(-audit.slope, 10);
        expect(ndcgByPosition(values, turned).pValue).toBeCloseTo(audit.pValue, 8);
      }),
    );
  });
});

describe('positionBiasTest', () => {
  const permutations = 40;
  const run = (values: readonly number[], positions: readonly number[], tasks?: readonly number[]) =>
    positionBiasTest(values, positions, { random: createRandomStream(8), permutations, ...(tasks && { tasks }) });
  const between = (values: readonly number[], positions: readonly number[]): number => {
    const cells = [...new Set(positions)].map((own) => values.filter((_, answer) => positions[answer] === own));
    return sum(cells.map((cell) => cell.length * (mean(cell) - mean(values)) ** 2));
  };

  test('counts the rearrangements of the same draws, within each task', () => {
    const twoTasks = answers.chain((given) =>
      fc.record({
        given: fc.constant(given),
        tasks: fc.array(fc.nat(1), { minLength: given.values.length, maxLength: given.values.length }),
      }),
    );
    fc.assert(
      fc.property(twoTasks, ({ given: { values, positions }, tasks }) => {
        const order = [...new Set(tasks)];
        const blocks = order.map((task) => [...tasks.keys()].filter((answer) => tasks[answer] === task));
        fc.pre(blocks.some((block) => new Set(block.map((answer) => positions[answer])).size > 1));
        const random = createRandomStream(8);
        const observed = between(values, positions);
        let count = 1;
        for (let permutation = 0; permutation < permutations; permutation++) {
          const moved = [...positions];
          for (const block of blocks) {
            samplePermutation(random, block.length).forEach((source, index) => {
              moved[block[index]!] = positions[block[source]!]!;
            });
          }
          if (between(values, moved) >= observed - 1e-10) count++;
        }
        const test = run(values, positions, tasks);
        expect(test.pValue).toBeCloseTo(count / (permutations + 1), 12);
        expect(test.spread).toBeCloseTo(Math.sqrt(observed / values.length), 10);
      }),
    );
  });

  test('does not depend on the names of the positions, nor on scale and shift of the values', () => {
    fc.assert(
      fc.property(answers, ({ values, positions }) => {
        const test = run(values, positions);
        expect(test.pValue).toBeGreaterThanOrEqual(1 / (permutations + 1));
        expect(test.pValue).toBeLessThanOrEqual(1);
        expect(test.spread).toBeLessThanOrEqual(Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2))) + 1e-12);
        const renamed = run(
          values,
          positions.map((position) => (3 * position + 2) % 5),
        );
        expect(renamed.pValue).toBe(test.pValue);
        expect(renamed.spread).toBeCloseTo(test.spread, 10);
        const scaled = run(
          values.map((value) => 7 - 2 * value),
          positions,
        );
        expect(scaled.pValue).toBe(test.pValue);
        expect(scaled.spread).toBeCloseTo(2 * test.spread, 10);
      }),
    );
  });
});

test('permutationAgreement is the mean over all pairs, of tau-b over those where it is defined', () => {
  const rankings = fc.array(fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(rankings, fc.double({ min: 0.1, max: 0.95, noNaN: true }), (lists, persistence) => {
      const given = lists.map((scores) => rankByScores(scores));
      const pairs = given.flatMap((second, index) => given.slice(0, index).map((first) => [first, second] as const));
      const overlaps = pairs.map(([first, second]) => rankBiasedOverlap(first, second, { persistence }));
      const taus = pairs
        .map((pair) => pair.map((ranking) => averageRanks(ranking, { candidates: 4 })))
        .filter((pair) => pair.every((ranks) => new Set(ranks).size > 1))
        .map(([first, second]) => kendallTauB(first!, second!));
      const audit = permutationAgreement(given, { candidates: 4, persistence });
      expect(audit.pairs).toBe(pairs.length);
      expect(audit.rankBiasedOverlap).toBeCloseTo(mean(overlaps), 12);
      expect(audit.kendallPairs).toBe(taus.length);
      if (taus.length === 0) expect(audit.kendallTauB).toBeUndefined();
      else expect(audit.kendallTauB).toBeCloseTo(mean(taus), 12);
    }),
  );
});

/** Scores with ties of six candidates, of which some are not listed. */
const partly = fc.array(fc.option(fc.nat(2), { nil: undefined, freq: 3 }), { minLength: 6, maxLength: 6 });

const rankListed = (scores: readonly (number | undefined)[]): CandidateRanking => {
  const listed = [...scores.keys()].filter((candidate) => scores[candidate] !== undefined);
  if (listed.length === 0) return rankOrder([], { candidates: scores.length, missing: 'zero' });
  const { order, groups } = rankByScores(listed.map((candidate) => scores[candidate]!));
  return { order: order.map((index) => listed[index]!), groups };
};

/** All orders of these candidates in which no score stands below a higher one. */
const listOrders = (scores: readonly (number | undefined)[], candidates: readonly number[]): number[][] =>
  permute(candidates).filter((order) =>
    order.every((candidate, place) => place === 0 || (scores[order[place - 1]!] ?? -1) >= (scores[candidate] ?? -1)),
  );

describe('popularityTilt', () => {
  const amounts = fc.array(fc.nat(2), { minLength: 6, maxLength: 6 });

  test('is the mean over all orders of tied and of unlisted candidates', () => {
    fc.assert(
      fc.property(partly, amounts, amounts, (scores, gains, popularity) => {
        const pairs = [...scores.keys()].flatMap((popular) =>
          [...scores.keys()]
            .filter((other) => gains[popular] === gains[other] && popularity[popular]! > popularity[other]!)
            .map((other) => [popular, other] as const),
        );
        const audit = popularityTilt(rankListed(scores), gains, popularity);
        expect(audit.pairs).toBe(pairs.length);
        if (pairs.length === 0) {
          expect(audit.tilt).toBeUndefined();
          return;
        }
        const tilts = listOrders(scores, [...scores.keys()]).map((order) =>
          mean(pairs.map(([popular, other]) => (order.indexOf(popular) < order.indexOf(other) ? 1 : -1))),
        );
        expect(audit.tilt).toBeCloseTo(mean(tilts), 12);
      }),
      { numRuns: 40 },
    );
  });

  test('does not fall when a candidate changes places with a less popular one of equal gain above it', () => {
    fc.assert(
      fc.property(partly, amounts, amounts, (scores, gains, popularity) => {
        const tilt = popularityTilt(rankListed(scores), gains, popularity).tilt ?? 0;
        for (const lower of scores.keys()) {
          for (const upper of scores.keys()) {
            if (gains[upper] !== gains[lower] || popularity[upper]! >= popularity[lower]!) continue;
            if ((scores[upper] ?? -1) <= (scores[lower] ?? -1)) continue;
            const moved = scores.with(lower, scores[upper]).with(upper, scores[lower]);
            expect(popularityTilt(rankListed(moved), gains, popularity).tilt).toBeGreaterThan(tilt);
          }
        }
      }),
    );
  });
});

test('exposureByGroup is the mean over all orders, at most 1, and shares out the discounts of the list', () => {
  const groups = fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 6, maxLength: 6 });
  const discount = (place: number) => 1 / Math.log2(place + 2);
  fc.assert(
    fc.property(partly, groups, (scores, groupOf) => {
      const ranking = rankListed(scores);
      const audit = exposureByGroup(ranking, groupOf);
      const orders = listOrders(scores, [...ranking.order].sort());
      let total = 0;
      for (const [group, { candidates, exposure }] of audit) {
        const members = groupOf.filter((other) => other === group).length;
        const sums = orders.map((order) =>
          sum(order.map((candidate, place) => (groupOf[candidate] === group ? discount(place) : 0))),
        );
        expect(candidates).toBe(members);
        expect(exposure).toBeCloseTo(mean(sums) / members, 12);
        expect(exposure).toBeLessThanOrEqual(1);
        total += candidates * exposure;
      }
      expect(total).toBeCloseTo(sum([...ranking.order.keys()].map(discount)), 12);
    }),
    { numRuns: 40 },
  );
});

function permute(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) => permute(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}
