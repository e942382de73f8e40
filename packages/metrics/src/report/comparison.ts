import type { ZeroRule } from '../statistics/wilcoxon-signed-rank-test.ts';
import type { Estimate } from './render-estimate.ts';

/** One system in one metric: its mean over users with the ends of its interval. */
export interface ComparedResult extends Estimate {
  /** Whether no other system has a better mean, but for rounding. */
  readonly best: boolean;
  /**
   * Letters of the systems that are significantly worse: the pair is significant, and both its test and its mean difference
   * are in favour of this system.
   */
  readonly betterThan: readonly string[];
}

export interface ComparedSystem {
  readonly name: string;
  /** What superscripts call it. */
  readonly letter: string;
  /** One for each metric, in the order of `Comparison.metrics`. */
  readonly results: readonly ComparedResult[];
}

/** Two systems in one metric. */
export interface ComparedPair {
  readonly metric: string;
  readonly first: string;
  readonly second: string;
  /** Of the values of `first` - those of `second`. */
  readonly difference: Estimate;
  /** `pairedCohensD`: infinite where all differences are equal and not 0. */
  readonly cohensD: number;
  readonly pValue: number;
  /**
   * Sign of the test's own statistic: 1 where it speaks for greater values of `first`, -1 of `second`, 0 for neither. The
   * Wilcoxon test compares ranks, so that it may differ from the sign of the mean difference.
   */
  readonly direction: -1 | 0 | 1;
  /** Corrected over all pairs of the comparison. */
  readonly adjustedPValue: number;
  readonly significant: boolean;
}

/** Result of `compare`: plain data, with the settings that made it. */
export interface Comparison {
  readonly metrics: readonly { readonly name: string; readonly lowerIsBetter: boolean }[];
  readonly systems: readonly ComparedSystem[];
  /** All pairs of the first metric, then of the next. */
  readonly pairs: readonly ComparedPair[];
  /** Users that every number is about. */
  readonly users: number;
  /** Users left out because some system lacks them. */
  readonly leftOut: number;
  readonly test: 'student' | 'wilcoxon' | 'randomization';
  /** Null unless the test is `wilcoxon`. */
  readonly zeroRule: ZeroRule | null;
  /** Null unless the test is `randomization`. */
  readonly permutations: number | null;
  readonly correction: 'holm' | 'benjamini-hochberg' | 'none';
  readonly significanceLevel: number;
  readonly interval: 'student' | 'bca';
  /** Null unless the intervals are `bca`. */
  readonly resamples: number | null;
  /** Of the intervals. */
  readonly level: number;
}
