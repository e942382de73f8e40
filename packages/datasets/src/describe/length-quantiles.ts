/**
 * How history lengths spread over users; all 0 without users. Quantiles interpolate linearly between the two lengths next
 * to (n - 1) p in rising order, counted from 0.
 *
 * Source: type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996.
 */
export interface LengthQuantiles {
  readonly minimum: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly q95: number;
  readonly maximum: number;
  readonly mean: number;
}

/** Sorts `lengths` in place. */
export function summarizeLengths(lengths: Float64Array): LengthQuantiles {
  lengths.sort();
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    minimum: computeQuantile(lengths, 0),
    q25: computeQuantile(lengths, 0.25),
    median: computeQuantile(lengths, 0.5),
    q75: computeQuantile(lengths, 0.75),
    q95: computeQuantile(lengths, 0.95),
    maximum: computeQuantile(lengths, 1),
    mean: lengths.length === 0 ? 0 : total / lengths.length,
  };
}

function computeQuantile(ascending: Float64Array, probability: number): number {
  if (ascending.length === 0) return 0;
  const place = (ascending.length - 1) * probability;
  const below = ascending[Math.floor(place)]!;
  return below + (place - Math.floor(place)) * (ascending[Math.ceil(place)]! - below);
}
