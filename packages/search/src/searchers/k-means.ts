/**
 * Lloyd: "Least squares quantization in PCM", IEEE Transactions on Information Theory 28(2), 1982, from the start of
 * Arthur, Vassilvitskii: "k-means++: the advantages of careful seeding", SODA 2007: every further centre is a point drawn
 * in proportion to its squared distance from the nearest centre so far.
 *
 * Differences from the papers: at most 100 iterations; a cluster that loses its last point is left out.
 */

import { type RandomStream, sampleIndex } from '@rppkit/spec';

export interface Clusters {
  /**
   * `Float64Array [clusters, size]`, each with a point at least; fewer than asked for where there are fewer different
   * points, or where a cluster lost all of its own.
   */
  readonly centroids: Float64Array;
  /** The cluster of each point, `Int32Array [points]`. */
  readonly assignment: Int32Array;
}

const mostIterations = 100;

/** Clusters of `points`, `Float32Array [points, size]`, at least one point; `clusters` is a positive integer. */
export function computeKMeans(points: Float32Array, size: number, clusters: number, random: RandomStream): Clusters {
  const count = points.length / size;
  const centroids = sampleCentres(points, size, clusters, random);
  const assignment = new Int32Array(count).fill(-1);
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    let moved = false;
    for (let point = 0; point < count; point++) {
      const nearest = findNearest(centroids, points.subarray(point * size, (point + 1) * size));
      if (nearest === assignment[point]) continue;
      assignment[point] = nearest;
      moved = true;
    }
    if (!moved) break;
    moveCentres(centroids, points, assignment);
  }
  return leaveOutEmpty(centroids, assignment, size);
}

/** The index of the centroid nearest to a point, the first among equals. */
export function findNearest(centroids: Float64Array, point: Float32Array): number {
  const size = point.length;
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < centroids.length; start += size) {
    let distance = 0;
    for (let index = 0; index < size; index++) distance += (centroids[start + index]! - point[index]!) ** 2;
    if (distance >= least) continue;
    least = distance;
    nearest = start / size;
  }
  return nearest;
}

function sampleCentres(points: Float32Array, size: number, clusters: number, random: RandomStream): Float64Array {
  const count = points.length / size;
  const centroids = new Float64Array(clusters * size);
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = random.integer(count);
  for (let cluster = 0; cluster < clusters; cluster++) {
    centroids.set(points.subarray(chosen * size, (chosen + 1) * size), cluster * size);
    let total = 0;
    for (let point = 0; point < count; point++) {
      let distance = 0;
      for (let index = 0; index < size; index++) {
        distance += (points[point * size + index]! - centroids[cluster * size + index]!) ** 2;
      }
      if (distance < distances[point]!) distances[point] = distance;
      total += distances[point]!;
    }
    if (total === 0) return centroids.slice(0, (cluster + 1) * size);
    chosen = sampleIndex(random, distances);
  }
  return centroids;
}

function moveCentres(centroids: Float64Array, points: Float32Array, assignment: Int32Array): void {
  const size = points.length / assignment.length;
  const sums = new Float64Array(centroids.length);
  const counts = new Int32Array(centroids.length / size);
  for (let point = 0; point < assignment.length; point++) {
    const cluster = assignment[point]!;
    counts[cluster]!++;
    for (let index = 0; index < size; index++) sums[cluster * size + index]! += points[point * size + index]!;
  }
  for (let cluster = 0; cluster < counts.length; cluster++) {
    if (counts[cluster] === 0) continue;
    for (let index = 0; index < size; index++) {
      centroids[cluster * size + index] = sums[cluster * size + index]! / counts[cluster]!;
    }
  }
}

function leaveOutEmpty(centroids: Float64Array, assignment: Int32Array, size: number): Clusters {
  const used = [...new Set(assignment)].sort((left, right) => left - right);
  const kept = new Float64Array(used.length * size);
  used.forEach((cluster, index) => {
    kept.set(centroids.subarray(cluster * size, (cluster + 1) * size), index * size);
  });
  return { centroids: kept, assignment: assignment.map((cluster) => used.indexOf(cluster)) };
}
