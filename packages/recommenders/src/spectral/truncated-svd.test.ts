import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import { createExampleInteractions } from '../testing/index.ts';
import { createNormalisedAdjacency, type NormalisedAdjacency } from './normalised-adjacency.ts';
import { computeTruncatedSvd, improveRange, sampleRange } from './truncated-svd.ts';

const interactions = createExampleInteractions();
const matrix = createNormalisedAdjacency(createLearnedUsers(interactions));
const { users, items } = matrix;

/** Dense rows, from the definition. */
const dense = Array.from({ length: users }, (_, user) => {
  const own = interactions.item.subarray(interactions.starts[user], interactions.starts[user + 1]);
  return Array.from({ length: items }, (_, item) => {
    const degree = interactions.item.filter((other) => other === item).length;
    return own.includes(item) ? 1 / Math.sqrt(own.length * degree) : 0;
  });
});

const computeSvd = (of: NormalisedAdjacency, rank: number, oversampling: number, rounds: number) => {
  const columns = rank + oversampling;
  let range = sampleRange(of, columns, createRandomStream('range'));
  for (let round = 0; round < rounds; round++) range = improveRange(of, range, columns);
  return computeTruncatedSvd(of, range, columns, rank);
};

/** A V V^T. */
const rebuild = (right: Float64Array, rank: number): number[][] =>
  dense.map((row) => {
    const inner = Array.from({ length: rank }, (_, k) =>
      row.reduce((sum, value, item) => sum + value * right[item * rank + k]!, 0),
    );
    return row.map((_, item) => inner.reduce((sum, value, k) => sum + value * right[item * rank + k]!, 0));
  });

/** The first triples by power iteration on the dense A^T A, each taken off before the next is sought. */
const iterate = (rank: number): { values: number[]; rebuilt: number[][] } => {
  const rest = dense.map((row) => [...row]);
  const rebuilt = dense.map((row) => row.map(() => 0));
  const random = createRandomStream('iterate');
  const values = Array.from({ length: rank }, () => {
    let right = Array.from({ length: items }, () => random.normal());
    let left: number[] = [];
    for (let turn = 0; turn < 3000; turn++) {
      const length = Math.hypot(...right);
      const unit = right.map((value) => value / length);
      left = rest.map((row) => row.reduce((sum, value, item) => sum + value * unit[item]!, 0));
      right = unit.map((_, item) => rest.reduce((sum, row, user) => sum + row[item]! * left[user]!, 0));
    }
    const value = Math.hypot(...left);
    const length = Math.hypot(...right);
    for (const [user, row] of rest.entries()) {
      for (const item of row.keys()) {
        const part = (left[user]! * right[item]!) / length;
        row[item]! -= part;
        rebuilt[user]![item]! += part;
      }
    }
    return value;
  });
  return { values, rebuilt };
};

const computeDistance = (a: number[][], b: number[][]): number =>
  Math.max(...a.flatMap((row, user) => row.map((value, item) => Math.abs(value - b[user]![item]!))));

describe('computeTruncatedSvd', () => {
  it('agrees with power iteration on the dense matrix', () => {
    const rank = 5;
    const { values, right } = computeSvd(matrix, rank, 10, 8);
    const expected = iterate(rank);
    for (const [k, value] of values.entries()) expect(Math.abs(value - expected.values[k]!)).toBeLessThan(1e-3);
    expect(computeDistance(rebuild(right, rank), expected.rebuilt)).toBeLessThan(1e-3);
    // Rows of a normalised adjacency: the largest is 1, along the square roots of the counts.
    expect(values[0]).toBeCloseTo(1, 10);
    const weights = matrix.itemWeights;
    expect(right[0]! * weights[0]!).toBeCloseTo(right[rank]! * weights[1]!, 10);
  });

  it('restores the matrix at full rank', () => {
    const { right } = computeSvd(matrix, items, 0, 1);
    expect(computeDistance(rebuild(right, items), dense)).toBeLessThan(1e-8);
  });

  it('has orthonormal vectors whose entry of largest magnitude is positive', () => {
    const rank = 12;
    const { right } = computeSvd(matrix, rank, 10, 2);
    for (let a = 0; a < rank; a++) {
      const column = (k: number): number[] => Array.from({ length: items }, (_, item) => right[item * rank + k]!);
      for (let b = 0; b < rank; b++) {
        const dot = column(a).reduce((sum, value, item) => sum + value * column(b)[item]!, 0);
        expect(dot).toBeCloseTo(Number(a === b), 8);
      }
      const largest = column(a).reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
      expect(largest).toBeGreaterThan(0);
    }
  });

  it('gets closer with power iterations', () => {
    const computeError = (rounds: number): number =>
      Math.abs(computeSvd(matrix, 5, 0, rounds).values[4]! - expectedFifth);
    const expectedFifth = iterate(5).values[4]!;
    expect(computeError(3)).toBeLessThan(computeError(0) / 2);
  });

  it('is 0 past the rank of the matrix', () => {
    const small = createNormalisedAdjacency({
      users: ['a', 'b'],
      items: createLearnedUsers(interactions).items,
      starts: Int32Array.of(0, 2, 3),
      item: Int32Array.of(0, 1, 2),
    });
    const { values, right } = computeSvd(small, 4, 3, 2);
    // Two blocks without a common item: 1 and 1.
    expect([...values]).toEqual([expect.closeTo(1, 10), expect.closeTo(1, 10), 0, 0]);
    for (let item = 0; item < items; item++) expect([...right.subarray(item * 4 + 2, item * 4 + 4)]).toEqual([0, 0]);
  });

  it('takes singular values that drown in rounding for 0', () => {
    const multiply = (values: Float64Array, columns: number): Float64Array =>
      values.map((value, at) => (at < columns ? value : 1e-9 * value));
    const diagonal = {
      users: 2,
      items: 2,
      itemWeights: Float64Array.of(1, 1),
      multiply,
      multiplyTransposed: multiply,
    };
    const { values, right } = computeSvd(diagonal, 2, 0, 0);
    expect([...values]).toEqual([expect.closeTo(1, 12), 0]);
    expect([right[1], right[3]]).toEqual([0, 0]);
  });
});
