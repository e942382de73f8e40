import { mean, standardDeviation, studentTQuantile, studentTTwoSidedP } from '@rppkit/metrics/statistics';
import type { Estimate } from '../experiment/results.ts';

/** A mean over users and seeds, its 95 % interval, and the p-value of the same question: whether it is 0. */
export interface CrossedMean extends Estimate {
  /** Two-sided, in [0, 1]; below .05 exactly where the interval leaves 0 out. */
  readonly pValue: number;
}

/**
 * The mean of `values` `[seeds][users]`, of at least two seeds and two users, the same for all seeds, as one of other seeds and other
 * users. With S seeds and U users:
 *
 *   error^2 = s^2(seeds' means) / S + s^2(users' means) / U = v_S + v_U
 *   degrees of freedom = (v_S + v_U)^2 / (v_S^2 / (S - 1) + v_U^2 / (U - 1))
 *
 * Where seeds bring nothing this is the paired t test on users, where they bring all, that on seeds. The noise of single answers counts
 * twice, which makes p-values too large rather than too small. A percentile bootstrap would know no Student t: with few seeds that
 * differ its intervals are too short.
 *
 * Source: Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics Bulletin 2(6), 1946.
 */
export function estimateCrossedMean(values: readonly Float64Array[]): CrossedMean {
  const seeds = values.map((own) => mean(own));
  const users = values[0]!.map((_, user) => mean(values.map((own) => own[user]!)));
  const [bySeeds, byUsers] = [seeds, users].map((means) => standardDeviation(means) ** 2 / means.length);
  const centre = mean(seeds);
  const error = Math.sqrt(bySeeds! + byUsers!);
  if (error === 0) return { mean: centre, low: centre, high: centre, pValue: centre === 0 ? 1 : 0 };
  const degrees = error ** 4 / (bySeeds! ** 2 / (seeds.length - 1) + byUsers! ** 2 / (users.length - 1));
  const half = studentTQuantile(0.975, degrees) * error;
  return {
    mean: centre,
    low: centre - half,
    high: centre + half,
    pValue: studentTTwoSidedP(centre / error, degrees),
  };
}
