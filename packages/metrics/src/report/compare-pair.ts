import type { RandomStream } from '@rppkit/spec';
import { bootstrapMeanInterval } from '../statistics/bootstrap-mean-interval.ts';
import { pairedCohensD } from '../statistics/paired-cohens-d.ts';
import { pairedDifferences } from '../statistics/paired-differences.ts';
import { pairedRandomizationTest } from '../statistics/paired-randomization-test.ts';
import { pairedTTest } from '../statistics/paired-t-test.ts';
import { studentMeanInterval } from '../statistics/student-mean-interval.ts';
import { wilcoxonSignedRankTest, type ZeroRule } from '../statistics/wilcoxon-signed-rank-test.ts';
import type { ComparedPair, Comparison } from './comparison.ts';
import type { Estimate } from './render-estimate.ts';

/** Options of `compare` with their defaults; `random` is there where the test or the interval needs it. */
interface PairSettings {
  readonly test: Comparison['test'];
  readonly zeroRule: ZeroRule;
  readonly permutations: number;
  readonly interval: Comparison['interval'];
  readonly level: number;
  readonly resamples: number;
  readonly random: RandomStream | undefined;
}

type PairResult = Pick<ComparedPair, 'difference' | 'cohensD' | 'pValue' | 'direction'>;

/**
 * Tests two systems on one metric, their values in the same order of users. It works on the names in alphabetical order
 * and turns the result, so that the order of the systems changes no number.
 */
export function comparePair(
  metric: string,
  [first, second]: readonly [string, string],
  [ofFirst, ofSecond]: readonly [Float64Array, Float64Array],
  settings: PairSettings,
): PairResult {
  if (second < first) return turn(comparePair(metric, [second, first], [ofSecond, ofFirst], settings));
  const name = JSON.stringify([metric, first, second]);
  return {
    difference: estimateMean(pairedDifferences(ofFirst, ofSecond), name, settings),
    cohensD: pairedCohensD(ofFirst, ofSecond),
    ...runTest(ofFirst, ofSecond, name, settings),
  };
}

/** Mean and interval; `name` is the one of the stream that a bootstrap draws from. */
export function estimateMean(
  values: Float64Array,
  name: string,
  { interval, level, resamples, random }: PairSettings,
): Estimate {
  const { mean, low, high } =
    interval === 'student'
      ? studentMeanInterval(values, { level })
      : bootstrapMeanInterval(values, { random: random!.split(`interval ${name}`), level, resamples });
  return { mean, low, high };
}

function runTest(
  a: Float64Array,
  b: Float64Array,
  name: string,
  { test, zeroRule, permutations, random }: PairSettings,
): Pick<ComparedPair, 'pValue' | 'direction'> {
  const withSign = (pValue: number, statistic: number): Pick<ComparedPair, 'pValue' | 'direction'> => ({
    pValue,
    direction: Math.sign(statistic) as ComparedPair['direction'],
  });
  if (test === 'student') {
    const { pValue, statistic } = pairedTTest(a, b);
    return withSign(pValue, statistic);
  }
  if (test === 'wilcoxon') {
    const { pValue, positiveRankSum, negativeRankSum } = wilcoxonSignedRankTest(a, b, { zeroRule });
    return withSign(pValue, positiveRankSum - negativeRankSum);
  }
  const options = { random: random!.split(`test ${name}`), permutations };
  const { pValue, meanDifference } = pairedRandomizationTest(a, b, options);
  return withSign(pValue, meanDifference);
}

/** Subtracts from 0, because the negative of 0 is -0. */
function turn({ difference: { mean, low, high }, cohensD, pValue, direction }: PairResult): PairResult {
  return {
    difference: { mean: 0 - mean, low: 0 - high, high: 0 - low },
    cohensD: 0 - cohensD,
    pValue,
    direction: (0 - direction) as ComparedPair['direction'],
  };
}
