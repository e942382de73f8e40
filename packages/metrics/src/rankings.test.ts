import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import { breakTies, type MissingCandidates, rankByScores, rankOrder, type TieRule } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

describe('rankByScores', () => {
  test('puts higher scores first and equal ones in a group, in candidate order', () => {
    const ranking = rankByScores([1, 5, 1, -2, 5]);
    expect(ranking.order).toEqual(Int32Array.of(1, 4, 0, 2, 3));
    expect(ranking.groups).toEqual(Int32Array.of(0, 0, 1, 1, 2));
  });

  test('takes equal infinities and zeros of either sign as ties', () => {
    const ranking = rankByScores([Number.NEGATIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, -0]);
    expect(ranking.order).toEqual(Int32Array.of(1, 3, 0, 2));
    expect(ranking.groups).toEqual(Int32Array.of(0, 0, 1, 1));
  });

  test('rejects what is no list of numbers', () => {
    for (const scores of [{ a: 1 }, new Map([['a', 1]]), new Set([1]), '12', null, undefined, () => 1]) {
      expect(() => rankByScores(scores as never)).toThrow(invalid(/Expected scores to be an array or a typed array/));
    }
    for (const score of [null, '1', true, undefined]) {
      expect(() => rankByScores([0, score as never])).toThrow(invalid(/scores\[1\] to be a number/));
    }
  });

  test('rejects NaN and no scores', () => {
    expect(() => rankByScores([1, Number.NaN])).toThrow(invalid(/Expected scores\[1\] to be a number, received NaN/));
    expect(() => rankByScores([])).toThrow(InvalidArgumentError);
  });
});

describe('breakTies', () => {
  const tied = rankByScores([1, 5, 1, -2, 5, 1]);

  test('keeps, fixes or reverses the order inside groups', () => {
    const groups = Int32Array.of(0, 1, 2, 3, 4, 5);
    expect(breakTies(tied, {})).toBe(tied);
    expect(breakTies(tied, { ties: 'expected' })).toBe(tied);
    expect(breakTies(tied, { ties: 'stable' })).toEqual({ order: Int32Array.of(1, 4, 0, 2, 5, 3), groups });
    const worst = breakTies(tied, { ties: 'pessimistic', gains: [1, 2, 3, 0, 0, 1] });
    expect(worst).toEqual({ order: Int32Array.of(4, 1, 0, 5, 2, 3), groups });
    expect(tied.order).toEqual(Int32Array.of(1, 4, 0, 2, 5, 3)); // the argument is left as it was
  });

  test('rejects unknown rules and gains that do not fit', () => {
    expect(() => breakTies(tied, { ties: 'random' as 'stable' })).toThrow(
      invalid(/Expected ties to be one of 'stable', 'expected'/),
    );
    expect(() => rankByScores([1], { ties: '' as TieRule as 'stable' })).toThrow(InvalidArgumentError);
    for (const gain of [Number.NaN, -1, Number.POSITIVE_INFINITY, undefined, '1']) {
      const gains = [0, 0, 0, 1, 0, gain as number];
      const message = /Expected gains\[5\] to be a finite number, at least 0, received/;
      expect(() => breakTies(tied, { ties: 'pessimistic', gains })).toThrow(invalid(message));
      expect(() =>
        rankByScores(
          gains.map(() => 1),
          { ties: 'pessimistic', gains },
        ),
      ).toThrow(invalid(message));
    }
    expect(() => rankByScores([1, 1], { ties: 'pessimistic' } as never)).toThrow(invalid(/gains to be an array/));
    expect(() => breakTies([0, 1] as never, { ties: 'pessimistic', gains: [1, 0] })).toThrow(
      invalid(/CandidateRanking/),
    );
    expect(() => breakTies(tied, { ties: 'pessimistic', gains: [1] })).toThrow(invalid(/candidate index below 1/));
  });
});

describe('rankOrder', () => {
  test('places missing candidates as told', () => {
    const rank = (missing?: MissingCandidates) =>
      rankOrder([3, 0], missing ? { candidates: 5, missing } : { candidates: 5 });
    expect(rank()).toEqual({ order: Int32Array.of(3, 0, 1, 2, 4), groups: Int32Array.of(0, 1, 2, 2, 2) });
    expect(rank('expected-ties')).toEqual(rank());
    expect(rank('bottom-in-candidate-order')).toEqual({
      order: Int32Array.of(3, 0, 1, 2, 4),
      groups: Int32Array.of(0, 1, 2, 3, 4),
    });
    expect(rank('zero')).toEqual({ order: Int32Array.of(3, 0), groups: Int32Array.of(0, 1) });
  });

  test('rejects foreign, repeated and fractional indices, and unknown options', () => {
    expect(() => rankOrder([0, 2], { candidates: 2 })).toThrow(
      invalid(/Expected order\[1\] to be a candidate index below 2 .*, received 2/),
    );
    expect(() => rankOrder([0, -1], { candidates: 2 })).toThrow(InvalidArgumentError);
    expect(() => rankOrder([0.5], { candidates: 2 })).toThrow(InvalidArgumentError);
    for (const index of [Number.NaN, Number.POSITIVE_INFINITY, '1', null]) {
      expect(() => rankOrder([0, index as number], { candidates: 2 })).toThrow(
        invalid(/order\[1\] to be a candidate index/),
      );
    }
    for (const candidates of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, 2 ** 31]) {
      expect(() => rankOrder([], { candidates })).toThrow(
        invalid(/candidates to be a positive integer, received .* Pass 1 to 2147483647/),
      );
    }
    for (const order of [new Set([1]), '10', undefined, null]) {
      expect(() => rankOrder(order as never, { candidates: 2 })).toThrow(invalid(/Expected order to be an array/));
    }
    expect(() => rankOrder([1, 1], { candidates: 2 })).toThrow(
      invalid(/order\[1\] to be .* not ranked before, received 1\. Rank each candidate once/),
    );
    expect(() => rankOrder([], { candidates: 0 })).toThrow(invalid(/Expected candidates to be a positive integer/));
    expect(() => rankOrder([], { candidates: 2, missing: 'last' as MissingCandidates })).toThrow(
      invalid(/Expected missing to be/),
    );
  });
});
