import { createRandomStream, samplePermutation } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ndcg } from '../ndcg.ts';
import { rankOrder } from '../rank-order.ts';
import { ndcgByPosition, positionBiasTest } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

describe('ndcgByPosition, worked by hand', () => {
  test('means, counts and the line 1, 0.5, 0 with one answer off', () => {
    // x 0 0 1 2, y 1 .8 .5 0: means .75 and .575, S_xx 2.75, S_xy -1.225, S_yy .5675.
    const audit = ndcgByPosition([1, 0.8, 0.5, 0], [0, 0, 1, 2], { positionCount: 4 });
    expect(audit.positions).toEqual([
      { position: 0, count: 2, mean: 0.9 },
      { position: 1, count: 1, mean: 0.5 },
      { position: 2, count: 1, mean: 0 },
      { position: 3, count: 0, mean: undefined },
    ]);
    expect(audit.slope).toBeCloseTo(-1.225 / 2.75, 14);
    expect(audit.standardError).toBeCloseTo(Math.sqrt((0.5675 - 1.225 ** 2 / 2.75) / (2 * 2.75)), 14);
    // Student's t with 2 degrees of freedom: p = 1 - |t| / sqrt(t^2 + 2).
    const t = audit.slope / audit.standardError;
    expect(audit.pValue).toBeCloseTo(1 - Math.abs(t) / Math.sqrt(t * t + 2), 12);
  });

  test('equal values have no slope, a perfect line no doubt', () => {
    expect(ndcgByPosition([0.1, 0.1, 0.1], [0, 1, 2])).toMatchObject({ slope: 0, standardError: 0, pValue: 1 });
    expect(ndcgByPosition([1, 0.5, 0], [0, 1, 2])).toMatchObject({ slope: -0.5, standardError: 0, pValue: 0 });
  });
});

test('a ranker that repeats the prompt order is found out, a blind one is not', () => {
  const random = createRandomStream('prompt order');
  const positions = Int32Array.from({ length: 200 }, () => random.integer(10));
  const gains = new Float64Array(10).fill(0);
  const score = (order: ArrayLike<number>, relevant: number) =>
    ndcg(
      rankOrder(order, { candidates: 10 }),
      gains.map((_, candidate) => (candidate === relevant ? 1 : 0)),
      10,
    );
  const promptOrder = Int32Array.from({ length: 10 }, (_, index) => index);
  const copied = Float64Array.from(positions, (position) => score(promptOrder, position));
  const blind = Float64Array.from(positions, (position) => score(samplePermutation(random, 10), position));
  expect(ndcgByPosition(copied, positions).slope).toBeLessThan(0);
  expect(ndcgByPosition(copied, positions).pValue).toBeLessThan(1e-10);
  expect(ndcgByPosition(copied, positions).positions[9]!.mean).toBeCloseTo(1 / Math.log2(11), 12);
  expect(positionBiasTest(copied, positions, { random, permutations: 99 }).pValue).toBe(1 / 100);
  expect(ndcgByPosition(blind, positions).pValue).toBeGreaterThan(0.05);
  expect(positionBiasTest(blind, positions, { random, permutations: 999 }).pValue).toBeGreaterThan(0.05);
});

describe('positionBiasTest', () => {
  test('sees a neglected middle that has no slope', () => {
    const positions = Array.from({ length: 60 }, (_, answer) => answer % 3);
    const values = positions.map((position, answer) => (position === 1 ? 0.3 : 0.6) + (answer % 7) / 100);
    const random = createRandomStream(1);
    expect(ndcgByPosition(values, positions).pValue).toBeGreaterThan(0.5);
    const { pValue, spread } = positionBiasTest(values, positions, { random, permutations: 999 });
    expect(pValue).toBe(0.001);
    expect(spread).toBeCloseTo(Math.sqrt((2 * 0.1 ** 2 + 0.2 ** 2) / 3), 2);
  });

  test('exchanges positions within tasks only', () => {
    // Two tasks of very different value; inside each, position 0 is better: 1 of 2 * 2 rearrangements is as extreme, and
    // the one that reverses both.
    const given = { values: [0.9, 0.8, 0.2, 0.1], positions: [0, 1, 0, 1], tasks: ['a', 'a', 'b', 'b'] };
    const random = createRandomStream(2);
    const within = positionBiasTest(given.values, given.positions, { random, tasks: given.tasks });
    expect(Math.abs(within.pValue - 1 / 2)).toBeLessThan(4 * Math.sqrt(0.25 / 10_000) + 1e-4);
    // Of the 6 ways to choose who stood at 0: B is (sum of two - 1)^2; all but the two of sum 1 reach the observed .1.
    const across = positionBiasTest(given.values, given.positions, { random });
    expect(Math.abs(across.pValue - 4 / 6)).toBeLessThan(4 * Math.sqrt(2 / 9 / 10_000) + 1e-4);
  });

  test('equal values give p = 1; the same seed the same p', () => {
    const positions = [0, 1, 3, 0, 1];
    const random = () => createRandomStream(3);
    const equal = positionBiasTest([0.1, 0.1, 0.1, 0.1, 0.1], positions, { random: random(), permutations: 50 });
    expect(equal).toEqual({ spread: 0, pValue: 1, permutations: 50 });
    const values = [0.3, 0.4, 0.9, 0.2, 0.3];
    expect(positionBiasTest(values, positions, { random: random() })).toEqual(
      positionBiasTest(values, positions, { random: random() }),
    );
  });

  test('under exchangeability p is at most 0.1 in 20 of 200 repetitions, give or take 4 standard errors (17)', () => {
    const random = createRandomStream('null');
    let rejections = 0;
    for (let repetition = 0; repetition < 200; repetition++) {
      const values = Float64Array.from({ length: 12 }, () => random.uniform());
      const positions = Int32Array.from({ length: 12 }, (_, answer) => answer % 4);
      if (positionBiasTest(values, positions, { random, permutations: 99 }).pValue <= 0.1) rejections++;
    }
    expect(rejections).toBeGreaterThanOrEqual(3);
    expect(rejections).toBeLessThanOrEqual(37);
  });
});

test('neither depends on the order of the answers', () => {
  const answers = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.nat(4)), { minLength: 3, maxLength: 20 });
  fc.assert(
    fc.property(answers, (list) => {
      fc.pre(list.some(([, position]) => position !== list[0]![1]));
      const audit = (given: typeof list) =>
        ndcgByPosition(
          given.map(([value]) => value / 100),
          given.map(([, position]) => position),
        );
      const forward = audit(list);
      const backward = audit(list.toReversed());
      expect(backward.slope).toBeCloseTo(forward.slope, 10);
      expect(backward.positions.map(({ count }) => count)).toEqual(forward.positions.map(({ count }) => count));
      expect(forward.positions.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
    }),
  );
});

describe('both reject', () => {
  const random = createRandomStream(4);
  test.each([
    ['ndcgByPosition', ndcgByPosition],
    ['positionBiasTest', (values: number[], positions: number[]) => positionBiasTest(values, positions, { random })],
  ] as const)('%s: too few, mismatched or impossible answers', (_, audit) => {
    expect(() => audit([], [])).toThrow(invalid(/values to be those of at least three answers/));
    expect(() => audit(new Set([1, 0, 1]) as never, [0, 1, 2])).toThrow(invalid(/values to be an array/));
    expect(() => audit([1, 0, 1], '012' as never)).toThrow(invalid(/positions to be an array/));
    expect(() => audit([1, 0], [0, 1])).toThrow(invalid(/at least three answers/));
    expect(() => audit([1, 0, 1], [0, 1])).toThrow(invalid(/positions to be of length 3/));
    expect(() => audit([1, Number.NaN, 1], [0, 1, 2])).toThrow(invalid(/values\[1\] to be a finite number/));
    // Far below what would exhaust the memory.
    for (const position of [-1, 0.5, Number.NaN, 1_000_000, 2.5e9, Number.POSITIVE_INFINITY]) {
      expect(() => audit([1, 0, 1], [0, 1, position])).toThrow(
        invalid(/positions\[2\] to be an integer from 0 to 999999/),
      );
    }
    expect(() => audit([1, 0, 1], [2, 2, 2])).toThrow(invalid(/at least two positions that differ/));
  });

  test('wrong options', () => {
    expect(() => ndcgByPosition([1, 0, 1], [0, 1, 2], { positionCount: 2 })).toThrow(invalid(/an integer from 0 to 1/));
    expect(ndcgByPosition([1, 0, 1], [0, 1, 999_999]).positions).toHaveLength(1_000_000);
    for (const task of [undefined, null, Number.NaN]) {
      const tasks = ['a', 'a', task as never];
      expect(() => positionBiasTest([1, 0, 1], [0, 1, 2], { random, tasks })).toThrow(
        invalid(/tasks\[2\] to be a text/),
      );
    }
    expect(() => positionBiasTest([1, 0, 1], [0, 1, 2], { random, tasks: 'aab' as never })).toThrow(
      invalid(/tasks to be an array/),
    );
    for (const positionCount of [1, 2.5, Number.NaN, 1_000_001, 2.5e9]) {
      expect(() => ndcgByPosition([1, 0, 1], [0, 1, 0], { positionCount })).toThrow(
        invalid(/positionCount to be an integer/),
      );
    }
    for (const permutations of [0, 1.5, Number.NaN]) {
      expect(() => positionBiasTest([1, 0, 1], [0, 1, 2], { random, permutations })).toThrow(
        invalid(/permutations to be/),
      );
    }
    expect(() => positionBiasTest([1, 0, 1], [0, 1, 2], { random, tasks: ['a'] })).toThrow(
      invalid(/tasks to be of length 3/),
    );
    expect(() => positionBiasTest([1, 0, 1], [0, 1, 2], { random, tasks: ['a', 'b', 'c'] })).toThrow(
      invalid(/at least one task asked at two positions/),
    );
  });
});
