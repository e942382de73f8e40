import { InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { ndcg } from '../ndcg.ts';
import { rankByScores } from '../rank-by-scores.ts';
import { rankOrder } from '../rank-order.ts';
import {
  type FusionMissing,
  fuseByBorda,
  fuseByCopeland,
  fuseByMedianRank,
  fuseByReciprocalRank,
  indexRankings,
} from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const strict = (...order: number[]): CandidateRanking => rankOrder(order, { candidates: order.length });
const partial = (candidates: number, ...order: number[]): CandidateRanking =>
  rankOrder(order, { candidates, missing: 'zero' });

describe('worked by hand', () => {
  test('Borda: points 3 + 3 + 1, 2 + 1 + 3, 1 + 2 + 2', () => {
    const fused = fuseByBorda([strict(0, 1, 2), strict(0, 2, 1), strict(1, 2, 0)], { candidates: 3 });
    expect(fused).toEqual({ order: Int32Array.of(0, 1, 2), groups: Int32Array.of(0, 1, 2) });
  });

  test('Borda of a partial ranking: the places left are shared, or worth nothing', () => {
    const rankings = [partial(4, 0), partial(4, 1, 2, 0)];
    // Shared: 4 + 2, 2 + 4, 2 + 3, 2 + 1.
    expect(fuseByBorda(rankings, { candidates: 4 })).toEqual({
      order: Int32Array.of(0, 1, 2, 3),
      groups: Int32Array.of(0, 0, 1, 2),
    });
    // Nothing: 4 + 2, 4, 3; candidate 3 is in no ranking.
    expect(fuseByBorda(rankings, { candidates: 4, missing: 'zero' })).toEqual(partial(4, 0, 1, 2));
  });

  test('reciprocal rank fusion: 1/61 + 1/63 is more than 2/62', () => {
    expect(fuseByReciprocalRank([strict(0, 1, 2), strict(2, 1, 0)], { candidates: 3 })).toEqual({
      order: Int32Array.of(0, 2, 1),
      groups: Int32Array.of(0, 0, 1),
    });
    // One list at rank 1 (1/61) against two at rank 2 (2/62).
    const rankings = [partial(3, 0, 1), partial(3, 2, 1)];
    expect(fuseByReciprocalRank(rankings, { candidates: 3 }).order).toEqual(Int32Array.of(1, 0, 2));
    expect(fuseByReciprocalRank(rankings, { candidates: 3, k: 0 }).groups).toEqual(Int32Array.of(0, 0, 0)); // all 1
  });

  test('median rank is deaf to an outlier', () => {
    const rankings = [strict(0, 1, 2, 3), strict(0, 1, 2, 3), strict(3, 2, 1, 0)];
    // Ranks 0: 1, 1, 4; 1: 2, 2, 3; 2: 3, 3, 2; 3: 4, 4, 1.
    expect(fuseByMedianRank(rankings, { candidates: 4 })).toEqual(strict(0, 1, 2, 3));
    // Two of three rankings do not hold candidate 1: its median rank is infinite.
    const zero = { candidates: 3, missing: 'zero' } as const;
    expect(fuseByMedianRank([partial(3, 1, 0), partial(3, 0), partial(3, 0)], zero)).toEqual(partial(3, 0, 1));
  });

  test('Copeland puts the Condorcet winner first where Borda does not', () => {
    // Three of five voters prefer 0 to 1; Borda gives 0: 3*3 + 2*1 = 11 and 1: 3*2 + 2*3 = 12.
    const rankings = [strict(0, 1, 2), strict(0, 1, 2), strict(0, 1, 2), strict(1, 2, 0), strict(1, 2, 0)];
    expect(fuseByCopeland(rankings, { candidates: 3 })).toEqual(strict(0, 1, 2));
    expect(fuseByBorda(rankings, { candidates: 3 })).toEqual(strict(1, 0, 2));
  });

  test.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])('a cycle of %i, %i and %i ties, whatever a rounded sum says', (a, b, c) => {
    const cycle = [strict(a, b, c), strict(b, c, a), strict(c, a, b)];
    for (const fuse of [fuseByBorda, fuseByReciprocalRank, fuseByMedianRank, fuseByCopeland]) {
      expect(fuse(cycle, { candidates: 3 })).toEqual(rankByScores([0, 0, 0]));
    }
    // 1/3 + 1/5 + 1/4 and its rotations differ in floating point.
    expect(fuseByReciprocalRank(cycle, { candidates: 3, k: 2 })).toEqual(rankByScores([0, 0, 0]));
  });

  test('named items', () => {
    const { items, rankings } = indexRankings([
      ['heat', 'alien', 'fargo'],
      ['alien', 'heat'],
      ['alien', 'fargo'],
    ]);
    const fused = fuseByReciprocalRank(rankings, { candidates: items.length });
    expect(Array.from(fused.order, (candidate) => items[candidate])).toEqual(['alien', 'heat', 'fargo']);
  });
});

const partialOrders = fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 7 }), { minLength: 1, maxLength: 5 });
const scoreLists = fc.array(fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 5 });

describe.each([
  ['fuseByBorda', fuseByBorda],
  ['fuseByReciprocalRank', fuseByReciprocalRank],
  ['fuseByMedianRank', fuseByMedianRank],
  ['fuseByCopeland', fuseByCopeland],
])('%s', (_, fuse) => {
  test('of copies of one ranking is that ranking, ties and gaps included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 5 }),
        (scores, copies) => {
          const ranking = rankByScores(scores);
          expect(fuse(Array(copies).fill(ranking), { candidates: scores.length })).toEqual(ranking);
        },
      ),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(6)), fc.integer({ min: 1, max: 4 }), (order, copies) => {
        const copied: CandidateRanking[] = Array(copies).fill(partial(7, ...order));
        expect(fuse(copied, { candidates: 7, missing: 'zero' })).toEqual(partial(7, ...order));
        const completed = rankOrder(order, { candidates: 7 });
        const fused = fuse(copied, { candidates: 7, missing: 'expected-ties' });
        expect(normalise(fused)).toEqual(normalise(completed));
      }),
    );
  });

  test('does not depend on the order of the rankings or on the numbering', () => {
    fc.assert(
      fc.property(scoreLists, (lists) => {
        const fused = fuse(
          lists.map((scores) => rankByScores(scores)),
          { candidates: 6 },
        );
        expect(
          fuse(
            lists.toReversed().map((scores) => rankByScores(scores)),
            { candidates: 6 },
          ),
        ).toEqual(fused);
        const renumbered = fuse(
          lists.map((scores) => rankByScores(scores.toReversed())),
          { candidates: 6 },
        );
        const back = { order: renumbered.order.map((candidate) => 5 - candidate), groups: renumbered.groups };
        expect(normalise(back)).toEqual(normalise(fused));
      }),
    );
  });

  test('gives a ranking that metrics take, and keeps what all rankings agree on', () => {
    const missing = fc.constantFrom<FusionMissing>('expected-ties', 'zero');
    fc.assert(
      fc.property(partialOrders, missing, (orders, absent) => {
        const rankings = orders.map((order) => partial(7, ...order));
        const fused = fuse(rankings, { candidates: 7, missing: absent });
        const listed = new Set(orders.flat()).size;
        expect(fused.order.length).toBe(absent === 'zero' ? listed : 7);
        expect(new Set(fused.order).size).toBe(fused.order.length);
        expect(ndcg(fused, [0, 0, 1, 0, 0, 0, 0], 7)).toBeLessThanOrEqual(1);
        const level = (candidate: number) => fused.groups[fused.order.indexOf(candidate)]!;
        for (const a of fused.order) {
          for (const b of fused.order) {
            const agreed = orders.every(
              (order) => order.includes(b) && order.includes(a) && order.indexOf(a) < order.indexOf(b),
            );
            if (agreed) expect(level(a)).toBeLessThan(level(b));
          }
        }
      }),
    );
  });

  test('rejects no rankings, foreign or repeated candidates, unknown options', () => {
    expect(() => fuse([], { candidates: 3 })).toThrow(invalid(/rankings to be an array of at least one ranking/));
    expect(() => fuse([strict(0, 1, 2)], { candidates: 2 })).toThrow(
      invalid(/rankings\[0\].order\[2\] to be a candidate index below 2/),
    );
    for (const rankings of [strict(0, 1), new Set([strict(0, 1)]), undefined]) {
      expect(() => fuse(rankings as never, { candidates: 2 })).toThrow(invalid(/rankings to be an array of at least/));
    }
    expect(() => fuse([[0, 1]] as never, { candidates: 2 })).toThrow(invalid(/rankings\[0\] to be a CandidateRanking/));
    const groups = Int32Array.of(0, 1);
    expect(() => fuse([strict(0, 1), { order: Int32Array.of(1, 1), groups }], { candidates: 2 })).toThrow(
      invalid(/rankings\[1\].order\[1\] to be a candidate index below 2 that is not ranked before/),
    );
    expect(() => fuse([{ order: Int32Array.of(0), groups }], { candidates: 2 })).toThrow(InvalidArgumentError);
    for (const candidates of [0, -1, 1.5, Number.NaN]) {
      expect(() => fuse([strict(0)], { candidates })).toThrow(invalid(/candidates to be a positive integer/));
    }
    expect(() => fuse([strict(0)], { candidates: 1, missing: 'last' as FusionMissing })).toThrow(
      invalid(/missing to be/),
    );
  });
});

test('reciprocal rank fusion rejects a wrong k', () => {
  for (const k of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => fuseByReciprocalRank([strict(0)], { candidates: 1, k })).toThrow(
      invalid(/k to be a finite number, at least 0/),
    );
  }
});

/** Candidates of each tie group in index order, so that rankings that differ only inside ties are equal. */
function normalise({ order, groups }: CandidateRanking): number[][] {
  const tieGroups: number[][] = [];
  order.forEach((candidate, position) => {
    if (groups[position] === groups[position - 1]) tieGroups.at(-1)!.push(candidate);
    else tieGroups.push([candidate]);
  });
  return tieGroups.map((candidates) => candidates.sort((a, b) => a - b));
}
