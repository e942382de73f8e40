/** The mean over users of each metric. */
export function computeMeans<Metric extends string>(
  perUser: Readonly<Record<Metric, Float64Array>>,
): Readonly<Record<Metric, number>> {
  const means = Object.entries<Float64Array>(perUser).map(([label, values]) => {
    const mean = computeMean(values, 0);
    // A second pass takes most of the rounding out.
    return [label, mean + computeMean(values, mean)];
  });
  return Object.fromEntries(means) as Record<Metric, number>;
}

function computeMean(values: Float64Array, origin: number): number {
  return values.reduce((sum, value) => sum + (value - origin), 0) / values.length;
}
