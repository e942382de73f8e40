import { assertCorrelatable } from './paired-values.ts';

/**
 * Kendall's tau-b of two vectors, paired by index (scores, or ranks from `averageRanks`): 1 for the same order, -1 for the
 * reversed order, about 0 for unrelated ones.
 *
 *   tau_b = (P - Q) / sqrt((n0 - n1) (n0 - n2)),   n0 = n (n - 1) / 2
 *
 * P and Q the concordant and discordant pairs, n1 and n2 the pairs tied in the first and in the second vector. With ties
 * tau-b reaches 1 only where both vectors tie the same pairs. Both vectors must rise in the same direction: ranks with
 * ranks, scores with scores. Infinite values are allowed.
 *
 * O(n log n) by Knight's method: sorted by the first vector, the discordant pairs are the exchanges that sort the second.
 * Throws `InvalidArgumentError` for differing lengths, NaN, or a vector without two values that differ (tau-b undefined).
 *
 * Sources: Kendall, "The treatment of ties in ranking problems", Biometrika 33(3), 1945; Knight, "A computer method for
 * calculating Kendall's tau with ungrouped data", JASA 61, 1966.
 */
export function kendallTauB(first: ArrayLike<number>, second: ArrayLike<number>): number {
  assertCorrelatable(first, second);
  const length = first.length;
  const indices = Int32Array.from({ length }, (_, index) => index);
  indices.sort((a, b) => compare(first[a]!, first[b]!) || compare(second[a]!, second[b]!));
  const sorted = Float64Array.from(indices, (index) => second[index]!);
  const tiedFirst = countTiedPairs(length, (a, b) => first[indices[a]!] === first[indices[b]!]);
  const tiedBoth = countTiedPairs(
    length,
    (a, b) => first[indices[a]!] === first[indices[b]!] && sorted[a] === sorted[b],
  );
  const discordant = sortCountingExchanges(sorted);
  const tiedSecond = countTiedPairs(length, (a, b) => sorted[a] === sorted[b]);
  const pairs = (length * (length - 1)) / 2;
  const difference = pairs - tiedFirst - tiedSecond + tiedBoth - 2 * discordant;
  const tau = difference / Math.sqrt((pairs - tiedFirst) * (pairs - tiedSecond));
  // Rounding alone can push the value beyond 1.
  return Math.min(1, Math.max(-1, tau));
}

/** Not a difference, which is NaN for two equal infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Pairs inside runs of equal neighbours. */
function countTiedPairs(length: number, isTied: (a: number, b: number) => boolean): number {
  let pairs = 0;
  let run = 1;
  for (let index = 1; index < length; index++) {
    if (isTied(index - 1, index)) pairs += run++;
    else run = 1;
  }
  return pairs;
}

/** Sorts in place by merging, bottom up; returns how many pairs stood in falling order. */
function sortCountingExchanges(values: Float64Array): number {
  const merged = new Float64Array(values.length);
  let exchanges = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let target = start; target < end; target++) {
        if (right === end || (left < middle && values[left]! <= values[right]!)) {
          merged[target] = values[left++]!;
        } else {
          exchanges += middle - left;
          merged[target] = values[right++]!;
        }
      }
    }
    values.set(merged);
  }
  return exchanges;
}
