import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeKMeans, findNearest } from './k-means.ts';

/** The least sum of squared distances to the mean of their cluster over all ways to make two clusters. */
function computeBestOfTwo(values: readonly number[]): number {
  const spread = (some: readonly number[]): number => {
    const mean = some.reduce((sum, value) => sum + value, 0) / some.length;
    return some.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  let least = Number.POSITIVE_INFINITY;
  for (let set = 1; set < 2 ** values.length - 1; set++) {
    const inside = values.filter((_, index) => (set >> index) % 2 === 1);
    const outside = values.filter((_, index) => (set >> index) % 2 === 0);
    least = Math.min(least, spread(inside) + spread(outside));
  }
  return least;
}

describe('computeKMeans', () => {
  it('finds clusters that are far apart, with their means as centres', () => {
    const points = Float32Array.of(0, 0, 0, 2, 10, 10, 12, 10, 11, 13);
    for (let seed = 0; seed < 20; seed++) {
      const { centroids, assignment } = computeKMeans(points, 2, 2, createRandomStream(seed));
      const far = assignment[4]!;
      expect([...assignment]).toEqual([1 - far, 1 - far, far, far, far]);
      expect([...centroids.subarray(2 * far, 2 * far + 2)]).toEqual([11, 11]);
      expect([...centroids.subarray(2 - 2 * far, 4 - 2 * far)]).toEqual([0, 1]);
    }
  });

  it('comes to the best of all partitions where the clusters stand apart', () => {
    const random = createRandomStream('partitions');
    for (let problem = 0; problem < 20; problem++) {
      const values = [0, 0, 0, 0, 8, 8, 8].map((centre) => Math.fround(centre + random.normal()));
      const { centroids, assignment } = computeKMeans(Float32Array.from(values), 1, 2, random.split(problem));
      const spread = values.reduce((sum, value, point) => sum + (value - centroids[assignment[point]!]!) ** 2, 0);
      expect(spread).toBeCloseTo(computeBestOfTwo(values), 9);
    }
  });

  it('makes no more clusters than there are different points', () => {
    const { centroids, assignment } = computeKMeans(Float32Array.of(5, 7, 5, 5), 1, 3, createRandomStream(1));
    expect([...centroids].sort()).toEqual([5, 7]);
    expect(new Set(assignment).size).toBe(2);
  });

  it('leaves out a cluster that loses all of its points', () => {
    const points = Float32Array.of(1, 5, 0, 0, 0, 2, 5, 7, 0, 6, 6, 0, 7, 1, 0, 0);
    const { centroids, assignment } = computeKMeans(points, 2, 4, createRandomStream(46158).split('k'));
    expect(centroids).toHaveLength(6);
    expect(new Set(assignment)).toEqual(new Set([0, 1, 2]));
  });
});

describe('findNearest', () => {
  it('takes the first of equally near centroids', () => {
    expect(findNearest(Float64Array.of(5, 0, 2), Float32Array.of(1))).toBe(1);
  });
});
