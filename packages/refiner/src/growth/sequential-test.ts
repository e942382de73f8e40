/**
 * Is a rewritten sentence better than its parent? A test that may be read after every pair.
 * Howard, Ramdas, McAuliffe, Sekhon: "Time-uniform, nonparametric, nonasymptotic confidence sequences", The Annals of
 * Statistics 49(2), 2021 (one-sided normal mixture).
 *
 * Symbols: n pairs, d difference of a pair (child less parent), S their sum, Q the sum of their squares, mu true mean
 * of d, sigma^2 variance of d, v = n sigma^2 intrinsic time, rho precision of the mixing half normal distribution in
 * units of v, alpha error probability of each side, u(v) boundary.
 *
 *   Eq. 1  u(v) = sqrt(2 (v + rho) log(sqrt((v + rho) / rho) / (2 alpha) + 1))
 *   Eq. 2  S - n mu < u(v) for all n at once with probability 1 - alpha, so that mu > S / n - u(v) / n; likewise above.
 *
 * Eq. 1 is the paper's closed form. It lies a little above the exact boundary, where 2 sqrt(rho / (v + rho)) exp(u^2 /
 * (2 (v + rho))) Phi(u / sqrt(v + rho)) = 1 / alpha.
 *
 * Differences from the paper: sigma is not known. It is estimated from the pairs so far about their own mean, together
 * with a first guess that weighs as 20 pairs, and no bound is given below 30 pairs, where a lucky start deviates
 * little, too. Thus the bounds are approximate: they rest on the central limit, the paper's hold for every n. rho
 * follows the estimate (60 sigma^2), so that another scale of rewards changes nothing but the first guess. With alpha
 * 0.05 the bounds are tightest near 380 pairs; a lower rho would save about 6 % of the pairs, but skewed differences,
 * of which few decide, would cross more often than alpha, above all where alpha is small. `quality/promotion` measures
 * verdicts on skewed differences of NDCG. Stronger skew than theirs is not covered: children that gain 0.1 in nine of
 * ten pairs and lose 0.9 in the tenth are promoted in 10 % of all cases with alpha 0.05.
 */
import { InvalidArgumentError } from '@rppkit/spec';

/** How sure, how much better, and how long. */
export interface SequentialTestOptions {
  /**
   * Error probability of each one-sided bound over all pairs, in (0, 0.5). Default 0.05. Callers divide it by the live
   * children.
   */
  readonly alpha?: number;
  /** Gain >= 0 below which a child is not worth an arm: it retires once the upper bound is below it. Default 0.005. */
  readonly minimumGain?: number;
  /** Pairs after which a child ends undecided, >= 1. Default 600. Below 30 every child does. */
  readonly maximumPairs?: number;
  /** First guess of the standard deviation of a paired difference, > 0; it weighs as 20 pairs. Default 0.25. */
  readonly standardDeviation?: number;
}

/** All that the test remembers of a child's pairs; JSON data. */
export interface PairedStatistics {
  readonly pairs: number;
  /** Sum of the differences, child less parent. */
  readonly sum: number;
  /** Sum of their squares. */
  readonly squares: number;
}

/**
 * `promoted`: better than the parent. `retired`: not better by the least gain. `undecided`: neither after the last pair.
 * `open`: more pairs are needed.
 */
export type TestVerdict = 'open' | 'promoted' | 'retired' | 'undecided';

/** Statistics of a child that was not compared yet. */
export const noPairs: PairedStatistics = { pairs: 0, sum: 0, squares: 0 };

/** rho, and the weight of the first guess, in pairs. */
const mixturePairs = 60;
const guessPairs = 20;
/** Pairs from which bounds are given. */
const minimumPairs = 30;

/**
 * The statistics with one more pair.
 *
 * @param difference What the child got less what its parent got, on the same task in the same order.
 * @throws InvalidArgumentError for a difference that is not finite, or statistics that are none.
 */
export function addPair(statistics: PairedStatistics, difference: number): PairedStatistics {
  assertStatistics(statistics);
  if (!Number.isFinite(difference)) throw new InvalidArgumentError('difference', 'a finite number', difference);
  const { pairs, sum, squares } = statistics;
  return { pairs: pairs + 1, sum: sum + difference, squares: squares + difference * difference };
}

/**
 * Confidence sequence of the mean difference: `low` and `high` each hold at all times with probability 1 - alpha. Below
 * 30 pairs they are -Infinity and Infinity.
 *
 * @throws InvalidArgumentError for an option out of its range, or statistics that are none.
 */
export function computeBounds(
  statistics: PairedStatistics,
  options: SequentialTestOptions = {},
): { readonly low: number; readonly high: number } {
  const { alpha, standardDeviation } = checkOptions(options);
  assertStatistics(statistics);
  const { pairs, sum, squares } = statistics;
  if (pairs < minimumPairs) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const mean = sum / pairs;
  const deviations = Math.max(0, squares - sum * mean);
  const variance = (guessPairs * standardDeviation ** 2 + deviations) / (guessPairs + pairs - 1);
  const margin = computeBoundary(pairs * variance, mixturePairs * variance, alpha) / pairs; // Eq. 2
  return { low: mean - margin, high: mean + margin };
}

/**
 * What the pairs so far say of a child. Once it is not `open` the test is over; whoever goes on may see another verdict.
 *
 * @throws InvalidArgumentError for an option out of its range, or statistics that are none.
 */
export function judge(statistics: PairedStatistics, options: SequentialTestOptions = {}): TestVerdict {
  const { minimumGain, maximumPairs } = checkOptions(options);
  const { low, high } = computeBounds(statistics, options);
  if (low > 0) return 'promoted';
  if (high < minimumGain) return 'retired';
  return statistics.pairs >= maximumPairs ? 'undecided' : 'open';
}

/** Eq. 1: what a sum of mean 0 stays below at every intrinsic time v, with probability 1 - alpha. */
function computeBoundary(v: number, rho: number, alpha: number): number {
  return Math.sqrt(2 * (v + rho) * Math.log(Math.sqrt((v + rho) / rho) / (2 * alpha) + 1));
}

function checkOptions({
  alpha = 0.05,
  minimumGain = 0.005,
  maximumPairs = 600,
  standardDeviation = 0.25,
}: SequentialTestOptions): Required<SequentialTestOptions> {
  if (!(alpha > 0 && alpha < 0.5)) throw new InvalidArgumentError('alpha', 'a number in (0, 0.5)', alpha);
  if (!(minimumGain >= 0 && Number.isFinite(minimumGain))) {
    throw new InvalidArgumentError('minimumGain', 'a finite number >= 0', minimumGain);
  }
  if (!(Number.isSafeInteger(maximumPairs) && maximumPairs >= 1)) {
    throw new InvalidArgumentError('maximumPairs', 'an integer >= 1', maximumPairs);
  }
  if (!(standardDeviation > 0 && Number.isFinite(standardDeviation))) {
    throw new InvalidArgumentError('standardDeviation', 'a finite number > 0', standardDeviation);
  }
  return { alpha, minimumGain, maximumPairs, standardDeviation };
}

/** A NaN from a broken file would keep a test open for ever. */
function assertStatistics({ pairs, sum, squares }: PairedStatistics): void {
  if (!(Number.isSafeInteger(pairs) && pairs >= 0)) {
    throw new InvalidArgumentError('statistics.pairs', 'an integer >= 0', pairs);
  }
  if (!Number.isFinite(sum)) throw new InvalidArgumentError('statistics.sum', 'a finite number', sum);
  if (!(squares >= 0 && Number.isFinite(squares))) {
    throw new InvalidArgumentError('statistics.squares', 'a finite number >= 0', squares);
  }
}
