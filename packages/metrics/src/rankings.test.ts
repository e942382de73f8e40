import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import { breakTies, type MissingCandidates, rankByScores, rankOrder, type TieRule } from './index.ts';

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

  test('rejects NaN and no scores', () => {
    expect(() => rankByScores([1, Number.NaN])).toThrow(/Expected scores\[1\] to be a number, received NaN/);
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
      /Expected ties to be one of 'stable', 'expected'/,
    );
    expect(() => rankByScores([1], { ties: '' as TieRule as 'stable' })).toThrow(InvalidArgumentError);
    expect(() => breakTies(tied, { ties: 'pessimistic', gains: [1] })).toThrow(/candidate index below 1/);
  });
});

describe('rankOrder', () => {
  test('places missing candidates as told', () => {
    const rank = (missing?: MissingCandidates) =>
      rankOrder([3, 0], missing ? { candidates: 5, missing } : { candidates: 5 });
    expect(rank()).toEqual({ order: Int32Array.of(3, 0, 1, 2, 4), groups: Int32Array.of(0, 1, 2, 2, 2) });
    expect(rank('expected-ties')).toEqual(rank());
    expect(rank('bottom')).toEqual({ order: Int32Array.of(3, 0, 1, 2, 4), groups: Int32Array.of(0, 1, 2, 3, 4) });
    expect(rank('zero')).toEqual({ order: Int32Array.of(3, 0), groups: Int32Array.of(0, 1) });
  });

  test('rejects foreign, repeated and fractional indices, and unknown options', () => {
    expect(() => rankOrder([0, 2], { candidates: 2 })).toThrow(
      /Expected order\[1\] to be an integer from 0 to 1, received 2/,
    );
    expect(() => rankOrder([0, -1], { candidates: 2 })).toThrow(InvalidArgumentError);
    expect(() => rankOrder([0.5], { candidates: 2 })).toThrow(InvalidArgumentError);
    expect(() => rankOrder([1, 1], { candidates: 2 })).toThrow(/Keep the first mention only/);
    expect(() => rankOrder([], { candidates: 0 })).toThrow(/Expected candidates to be a positive integer/);
    expect(() => rankOrder([], { candidates: 2, missing: 'last' as MissingCandidates })).toThrow(
      /Expected missing to be/,
    );
  });
});
