/**
 * Bayesian linear regression whose prior variances follow from the data.
 * MacKay: "Bayesian interpolation", Neural Computation 4(3), 1992. Tipping: "Sparse Bayesian learning and the relevance
 * vector machine", JMLR 1, 2001 (relevance of groups of weights).
 *
 * Symbols: X'X, X'y, y'y statistics of N rows; sigma^2 noise variance; lambda_g penalty of group g, the noise variance by the
 * prior variance of its weights; w posterior mean; Sigma = (X'X + Lambda)^-1, so that sigma^2 Sigma is the covariance.
 *
 *   Eq. 1  w = Sigma X'y
 *   Eq. 2  gamma_g = sum over j in g of 1 - lambda_g Sigma_jj          (weights of the group that the rows decide)
 *   Eq. 3  lambda_g = sigma^2 (gamma_g + 2 a) / (sum over j in g of w_j^2 + 2 a sigma^2 / lambda_0)
 *   Eq. 4  sigma^2 = |y - X w|^2 / (N - sum of gamma_g)
 *
 * Differences from the papers: a is 1/4, the weight of a first guess lambda_0 with which a group without evidence stays;
 * penalties are kept in [3, 10^5]; three rounds of Eq. 1 to 4 instead of convergence, as they go on with the next rows.
 */
import { factorizeCholesky, invertFromCholesky, solveLower, solveLowerTransposed } from '@rppkit/regression';
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import type { AnswerStatistics } from './answer-statistics.ts';

/** How strongly each group is held at 0, and how noisy a row is. */
export interface Prior {
  /** lambda, by group, in rows. */
  readonly penalties: readonly number[];
  /** sigma^2. */
  readonly noise: number;
}

/** What rows and prior say of the weights. */
export interface Posterior {
  /** w, `Float64Array [size]`. */
  readonly mean: Float64Array;
  /** Cholesky factor of X'X + Lambda, lower triangle, `Float64Array [size, size]`. */
  readonly factor: Float64Array;
}

const rounds = 3;
const guessWeight = 0.25;
const bounds = { least: 3, most: 1e5 };

/**
 * Eq. 1. Throws `InvalidArgumentError` where numbers are too large for finite weights.
 *
 * @param groups of each feature
 */
export function computePosterior(
  { gram, moment }: AnswerStatistics,
  groups: Int32Array,
  { penalties }: Prior,
): Posterior {
  const size = moment.length;
  const factor = gram.slice();
  for (let feature = 0; feature < size; feature++) factor[feature * size + feature]! += penalties[groups[feature]!]!;
  factorizeCholesky(factor, size);
  const mean = moment.slice();
  solveLower(factor, mean, size);
  solveLowerTransposed(factor, mean, size);
  if (!mean.every(Number.isFinite)) {
    throw new InvalidArgumentError(
      'rollout',
      'returns, states and observations of ordinary size',
      'some so large that the critic has no finite weights',
      'Standardise them.',
    );
  }
  return { mean, factor };
}

/** Eq. 1 to 4 a few times. Groups of `fixed` keep their penalty. @param guesses lambda_0 by group */
export function fitPrior(
  statistics: AnswerStatistics,
  groups: Int32Array,
  prior: Prior,
  { guesses, fixed }: { readonly guesses: readonly number[]; readonly fixed: readonly number[] },
): Prior {
  const { rows, moment, squares } = statistics;
  const size = moment.length;
  let { penalties, noise } = prior;
  for (let round = 0; round < rounds; round++) {
    const { mean, factor } = computePosterior(statistics, groups, { penalties, noise });
    const inverse = invertFromCholesky(factor, size);
    const decided = penalties.map(() => 0);
    const lengths = penalties.map(() => 0);
    // |y - X w|^2 = y'y - w'X'y - w'Lambda w, by Eq. 1.
    let error = squares;
    for (let feature = 0; feature < size; feature++) {
      const group = groups[feature]!;
      const penalty = penalties[group]!;
      const weight = mean[feature]!;
      decided[group]! += 1 - penalty * inverse[feature * size + feature]!;
      lengths[group]! += weight * weight;
      error -= weight * (moment[feature]! + penalty * weight);
    }
    const free = rows - decided.reduce((sum, count) => sum + count, 0);
    noise = Math.max(Math.max(error, 0) / Math.max(free, 1), 1e-8);
    penalties = penalties.map((penalty, group) => {
      if (fixed.includes(group)) return penalty;
      const guess = (2 * guessWeight * noise) / guesses[group]!;
      const next = (noise * (decided[group]! + 2 * guessWeight)) / (lengths[group]! + guess);
      return Math.min(bounds.most, Math.max(bounds.least, next));
    });
  }
  return { penalties, noise };
}

/** Weights from the posterior; their distance from the mean is `scale` times what it should be. */
export function drawWeights({ mean, factor }: Posterior, scale: number, random: RandomStream): Float64Array {
  // L L' = X'X + Lambda, so that L'^-1 z has the covariance Sigma.
  const drawn = Float64Array.from(mean, () => scale * random.normal());
  solveLowerTransposed(factor, drawn, drawn.length);
  return drawn.map((deviation, feature) => mean[feature]! + deviation);
}
