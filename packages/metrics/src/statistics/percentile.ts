/**
 * Percentile of values in ascending order, interpolated linearly between order statistics: `probability` p in [0, 1] lies
 * at index p (n - 1), as in `numpy.percentile`.
 */
export function interpolatePercentile(ascending: Float64Array, probability: number): number {
  const at = probability * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (at - below) * (high - low);
}
