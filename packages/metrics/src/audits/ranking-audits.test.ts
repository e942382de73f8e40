import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankByScores } from '../rank-by-scores.ts';
import { rankOrder } from '../rank-order.ts';
import { exposureByGroup, permutationAgreement, popularityTilt } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

const strict = (...order: number[]) => rankOrder(order, { candidates: order.length });

describe('permutationAgreement', () => {
  test('worked by hand: equal, reversed and reversed', () => {
    const rankings = [strict(0, 1, 2), strict(0, 1, 2), strict(2, 1, 0)];
    const audit = permutationAgreement(rankings, { candidates: 3, persistence: 0.5 });
    expect(audit).toMatchObject({ pairs: 3, kendallPairs: 3 });
    expect(audit.kendallTauB).toBeCloseTo((1 - 1 - 1) / 3, 14);
    // Reversed: X 0, 1, 3: (1/2 / .25 + 1 * .125) with (1 - p) / p = 1, and the rest 1 * .125.
    expect(audit.rankBiasedOverlap).toBeCloseTo((1 + 2 * (0.5 * 0.25 + 0.125 + 0.125)) / 3, 14);
  });

  test('a ranking that ties all candidates has no tau-b', () => {
    const tied = rankByScores([1, 1, 1]);
    expect(permutationAgreement([tied, strict(0, 1, 2)], { candidates: 3 })).toMatchObject({
      pairs: 1,
      kendallPairs: 0,
      kendallTauB: undefined,
    });
    expect(permutationAgreement([tied, strict(0, 1, 2), strict(0, 1, 2)], { candidates: 3 })).toMatchObject({
      kendallPairs: 1,
      kendallTauB: 1,
    });
  });

  test('does not depend on the order of the rankings; equal ones agree', () => {
    const orders = fc.array(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(orders, (lists) => {
        const rankings = lists.map((order) => strict(...order));
        const audit = permutationAgreement(rankings, { candidates: 5 });
        const reversed = permutationAgreement(rankings.toReversed(), { candidates: 5 });
        expect(reversed.kendallTauB).toBeCloseTo(audit.kendallTauB!, 12);
        expect(reversed.rankBiasedOverlap).toBeCloseTo(audit.rankBiasedOverlap, 12);
        const copies = permutationAgreement([rankings[0]!, rankings[0]!], { candidates: 5 });
        expect(copies.kendallTauB).toBe(1);
        expect(copies.rankBiasedOverlap).toBeCloseTo(1, 12);
      }),
    );
  });

  test('rejects single, empty and foreign rankings', () => {
    expect(() => permutationAgreement([strict(0, 1)], { candidates: 2 })).toThrow(invalid(/at least two rankings/));
    expect(() => permutationAgreement([strict(0), strict(0)], { candidates: 1 })).toThrow(
      invalid(/candidates to be an integer/),
    );
    expect(() => permutationAgreement([strict(0, 1), strict(0, 1, 2)], { candidates: 2 })).toThrow(
      invalid(/order\[2\]/),
    );
    for (const candidates of [Number.NaN, 2.5, -1]) {
      expect(() => permutationAgreement([strict(0, 1), strict(1, 0)], { candidates })).toThrow(
        invalid(/candidates to be an integer, at least 2/),
      );
    }
    const twice = { order: Int32Array.of(1, 1), groups: Int32Array.of(0, 1) };
    expect(() => permutationAgreement([strict(0, 1), twice], { candidates: 2 })).toThrow(
      invalid(/ranking.order\[1\] to be a candidate index below 2 that is not ranked before/),
    );
    for (const rankings of [new Set([strict(0, 1), strict(1, 0)]), 'ab', undefined]) {
      expect(() => permutationAgreement(rankings as never, { candidates: 2 })).toThrow(
        invalid(/rankings to be an array of at least two/),
      );
    }
    const empty = rankOrder([], { candidates: 2, missing: 'zero' });
    expect(() => permutationAgreement([empty, strict(0, 1)], { candidates: 2 })).toThrow(
      invalid(/at least one ranked/),
    );
    expect(() => permutationAgreement([strict(0, 1), strict(0, 1)], { candidates: 2, persistence: 1 })).toThrow(
      invalid(/persistence/),
    );
  });
});

describe('popularityTilt', () => {
  test('worked by hand: the relevant candidate plays no part', () => {
    // Irrelevant 0, 1, 3 of popularity 9, 5, 1 in the order 0, 3, 1: pairs (0,1) +, (0,3) +, (1,3) -.
    expect(popularityTilt(strict(2, 0, 3, 1), [0, 0, 1, 0], [9, 5, 99, 1])).toEqual({ pairs: 3, tilt: 1 / 3 });
    expect(popularityTilt(strict(0, 3, 1, 2), [0, 0, 1, 0], [9, 5, 99, 1])).toEqual({ pairs: 3, tilt: 1 / 3 });
  });

  test('a ranking by gain, then by popularity, has tilt 1; one that ties equal gains 0; without pairs it is undefined', () => {
    const gains = [0, 2, 1, 0, 1];
    const popularity = [3, 1, 7, 4, 2];
    expect(
      popularityTilt(rankByScores(gains.map((gain, c) => gain * 10 + popularity[c]!)), gains, popularity).tilt,
    ).toBe(1);
    expect(popularityTilt(rankByScores(gains), gains, popularity).tilt).toBe(0);
    expect(popularityTilt(strict(0, 1), [0, 1], [5, 6])).toEqual({ pairs: 0, tilt: undefined });
    expect(popularityTilt(strict(0, 1), [0, 0], [5, 5])).toEqual({ pairs: 0, tilt: undefined });
  });

  test('candidates that are not ranked tie after the listed ones', () => {
    const ranking = rankOrder([2], { candidates: 3, missing: 'zero' });
    expect(popularityTilt(ranking, [0, 0, 0], [3, 2, 1])).toEqual({ pairs: 3, tilt: -2 / 3 });
  });

  test('lies in [-1, 1], changes sign with the ranking, and does not depend on the numbering', () => {
    const candidates = fc.array(fc.tuple(fc.nat(4), fc.nat(2), fc.nat(5)), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(candidates, (list) => {
        const measure = (given: typeof list, sign: number) =>
          popularityTilt(
            rankByScores(given.map(([score]) => sign * score)),
            given.map(([, gain]) => gain),
            given.map(([, , popularity]) => popularity),
          );
        const { pairs, tilt } = measure(list, 1);
        expect(tilt === undefined).toBe(pairs === 0);
        expect(measure(list.toReversed(), 1)).toEqual({ pairs, tilt });
        if (tilt === undefined) return;
        expect(Math.abs(tilt)).toBeLessThanOrEqual(1);
        expect(measure(list, -1).tilt).toBeCloseTo(-tilt, 12);
      }),
    );
  });

  test('rejects NaN, negative values and differing lengths', () => {
    expect(() => popularityTilt(strict(0, 1), [0, Number.NaN], [1, 2])).toThrow(
      invalid(/gains\[1\] to be a finite number/),
    );
    expect(() => popularityTilt(strict(0, 1), [0, 1], [1, -2])).toThrow(invalid(/popularity\[1\]/));
    expect(() => popularityTilt(strict(0, 1), [0, 1], [1])).toThrow(invalid(/popularity to be of length 2/));
    const twice = { order: Int32Array.of(1, 1), groups: Int32Array.of(0, 1) };
    expect(() => popularityTilt(twice, [0, 1], [1, 2])).toThrow(invalid(/ranking.order\[1\] .* not ranked before/));
    expect(() => popularityTilt(strict(0, 1), [0, 1], new Set([1, 2]) as never)).toThrow(
      invalid(/popularity to be an array/),
    );
    expect(() => popularityTilt(strict(0, 1, 2), [0, 1], [1, 2])).toThrow(invalid(/ranking.order\[2\]/));
    expect(() => popularityTilt(strict(0), [], [])).toThrow(invalid(/candidates to be a positive integer/));
  });
});

describe('exposureByGroup', () => {
  test('worked by hand: ranks 1 and 4 against 2 and 3', () => {
    const audit = exposureByGroup(strict(0, 1, 2, 3), ['popular', 'niche', 'niche', 'popular']);
    expect([...audit.keys()]).toEqual(['popular', 'niche']);
    expect(audit.get('popular')!.exposure).toBeCloseTo((1 + 1 / Math.log2(5)) / 2, 14);
    expect(audit.get('niche')).toEqual({ candidates: 2, exposure: (1 / Math.log2(3) + 1 / 2) / 2 });
  });

  test('ties give all groups the same; what is not ranked is not seen', () => {
    const tied = exposureByGroup(rankByScores([0, 0, 0]), Int32Array.of(1, 2, 2));
    expect(tied.get(1)!.exposure).toBeCloseTo(tied.get(2)!.exposure, 14);
    const partial = rankOrder([1], { candidates: 3, missing: 'zero' });
    expect(exposureByGroup(partial, ['a', 'b', 'a']).get('a')).toEqual({ candidates: 2, exposure: 0 });
  });

  test('the groups share the exposure of the whole list', () => {
    const scored = fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scored, (list) => {
        const audit = exposureByGroup(
          rankByScores(list.map(([score]) => score)),
          list.map(([, group]) => group),
        );
        let total = 0;
        for (const { candidates, exposure } of audit.values()) total += candidates * exposure;
        const whole = list.reduce((sum, _, position) => sum + 1 / Math.log2(position + 2), 0);
        expect(total).toBeCloseTo(whole, 12);
      }),
    );
  });

  test('rejects no candidates and foreign ones', () => {
    expect(() => exposureByGroup(strict(0), [])).toThrow(invalid(/the group of at least one candidate/));
    const twice = { order: Int32Array.of(1, 1), groups: Int32Array.of(0, 1) };
    expect(() => exposureByGroup(twice, ['a', 'b'])).toThrow(invalid(/ranking.order\[1\] .* not ranked before/));
    for (const group of [Number.NaN, undefined, null, Number.POSITIVE_INFINITY]) {
      expect(() => exposureByGroup(strict(0, 1), ['a', group as never])).toThrow(
        invalid(/groupOf\[1\] to be a text or a finite number/),
      );
    }
    for (const groupOf of ['ab', new Map([[0, 'a']]), undefined]) {
      expect(() => exposureByGroup(strict(0, 1), groupOf as never)).toThrow(invalid(/groupOf to be an array/));
    }
    expect(() => exposureByGroup(strict(0, 1), ['a'])).toThrow(invalid(/ranking.order\[1\]/));
  });
});
