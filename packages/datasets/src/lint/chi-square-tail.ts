/**
 * P(X >= `statistic`) of a chi-square X with `freedom` > 0 degrees of freedom, in [0, 1], for a statistic of at least 0: the
 * regularised incomplete gamma function Q(a, x) with shape a = freedom / 2 at x = statistic / 2. Relative error below 1e-10.
 *
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions": 26.4.19 (by gamma functions), 6.5.29 (series of
 * P = 1 - Q), 6.5.31 (continued fraction of Q, evaluated by the modified method of Lentz), 6.1.41 (ln Γ).
 */
export function computeChiSquareTail(statistic: number, freedom: number): number {
  const shape = freedom / 2;
  const x = statistic / 2;
  if (x === 0) return 1;
  const scale = Math.exp(shape * Math.log(x) - x - computeLogGamma(shape));
  // Each expansion converges quickly on its side only.
  return x < shape + 1 ? 1 - scale * sumSeries(shape, x) : scale * computeFraction(shape, x);
}

function sumSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let step = 1; term > sum * 1e-17; step++) {
    term *= x / (shape + step);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - …))), a the shape; x >= a + 1. */
function computeFraction(shape: number, x: number): number {
  let bottom = x + 1 - shape;
  let above = Number.POSITIVE_INFINITY;
  let below = 1 / bottom;
  let value = below;
  for (let step = 1, change = 0; Math.abs(change - 1) > 1e-15; step++) {
    const factor = step * (shape - step);
    bottom += 2;
    below = 1 / (bottom + factor * below);
    above = bottom + factor / above;
    change = above * below;
    value *= change;
  }
  return value;
}

/** ln Γ(x) for x > 0: Stirling's series (6.1.41) above 15, where its error is below 1e-16, and recurrence below. */
function computeLogGamma(x: number): number {
  let shift = 0;
  let large = x;
  for (; large < 15; large++) shift += Math.log(large);
  const square = 1 / (large * large);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / large;
  return (large - 0.5) * Math.log(large) - large + Math.log(2 * Math.PI) / 2 + series - shift;
}
