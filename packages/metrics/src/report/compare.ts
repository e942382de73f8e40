import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { adjustByBenjaminiHochberg } from '../statistics/adjust-by-benjamini-hochberg.ts';
import { adjustByHolm } from '../statistics/adjust-by-holm.ts';
import { bootstrapMeanInterval } from '../statistics/bootstrap-mean-interval.ts';
import { pairedCohensD } from '../statistics/paired-cohens-d.ts';
import { pairedDifferences } from '../statistics/paired-differences.ts';
import { pairedRandomizationTest } from '../statistics/paired-randomization-test.ts';
import { pairedTTest } from '../statistics/paired-t-test.ts';
import { studentMeanInterval } from '../statistics/student-mean-interval.ts';
import { wilcoxonSignedRankTest, type ZeroRule } from '../statistics/wilcoxon-signed-rank-test.ts';
import { alignValues, listSharedMetrics, type SystemValues } from './aligned-values.ts';
import type { ComparedPair, ComparedResult, Comparison } from './comparison.ts';
import type { Estimate } from './render-estimate.ts';

/** Every test is two-sided and paired by user. */
export interface CompareOptions {
  /** Default `student`. `randomization` needs `random`. */
  readonly test?: Comparison['test'];
  /** Over the family of all pairs of systems in all metrics. Default `holm`. */
  readonly correction?: Comparison['correction'];
  /** A pair is significant where its adjusted p-value is at most this; in (0, 1), default .05. */
  readonly significanceLevel?: number;
  /** Intervals of means and of mean differences over users. Default `student`; `bca`, the bootstrap, needs `random`. */
  readonly interval?: Comparison['interval'];
  /** Level of the intervals, in (0, 1), default .95. They are not corrected for their number. */
  readonly level?: number;
  /**
   * Users who are present in one system and absent in another: an error (`equal`, the default), or left out of all systems
   * and counted (`intersection`).
   */
  readonly users?: 'equal' | 'intersection';
  /** Under `intersection`, the largest share of all users that may be left out, in [0, 1], default .02. */
  readonly maximumLeftOut?: number;
  /** Which metrics, in which order. Default: those of the first system; then every system must have the same. */
  readonly metrics?: readonly string[];
  /** Metrics of which less is better, such as a Gini index. Default none. */
  readonly lowerIsBetter?: readonly string[];
  /** Of the Wilcoxon test, default `wilcoxon`. */
  readonly zeroRule?: ZeroRule;
  /** Of the randomisation test, default 10,000. */
  readonly permutations?: number;
  /** Of `bca` intervals, default 2,000. */
  readonly resamples?: number;
  /** Each test and interval splits its own stream off, named after its metric and systems, so that more systems change nothing. */
  readonly random?: RandomStream;
}

// The letters that have a Unicode superscript; there is none of q.
const letters = 'abcdefghijklmnoprstuvwxyz';

/**
 * Compares 2 to 25 systems on the same users in one or more metrics: means with intervals, a paired test for each pair of
 * systems in each metric, p-values corrected over all of them, and for each system the letters of those it beats. Systems
 * stand in the order of the record; their names and the metrics may be any text.
 * Throws `InvalidArgumentError` for fewer or more systems, differing users or metrics (the message names the option that
 * decides), values that are not finite, a test or interval that needs `random` without it, and wrong options.
 */
export function compare(
  systems: Readonly<Record<string, SystemValues>>,
  {
    test = 'student',
    correction = 'holm',
    significanceLevel = 0.05,
    interval = 'student',
    level = 0.95,
    users = 'equal',
    maximumLeftOut = 0.02,
    metrics: chosenMetrics,
    lowerIsBetter = [],
    zeroRule = 'wilcoxon',
    permutations = 10_000,
    resamples = 2000,
    random,
  }: CompareOptions = {},
): Comparison {
  assertChoice('test', test, ['student', 'wilcoxon', 'randomization']);
  assertChoice('correction', correction, ['holm', 'benjamini-hochberg', 'none']);
  assertChoice('interval', interval, ['student', 'bca']);
  assertChoice('users', users, ['equal', 'intersection']);
  if (!(significanceLevel > 0 && significanceLevel < 1)) {
    throw new InvalidArgumentError('significanceLevel', 'between 0 and 1, both excluded', significanceLevel);
  }
  if (!(maximumLeftOut >= 0 && maximumLeftOut <= 1)) {
    throw new InvalidArgumentError('maximumLeftOut', 'from 0 to 1', maximumLeftOut);
  }
  const named = Object.entries(systems);
  if (named.length < 2 || named.length > letters.length) {
    throw new InvalidArgumentError('systems', `2 to ${letters.length} systems`, named.length);
  }
  const metrics = chosenMetrics ?? listSharedMetrics(named);
  assertMetrics(metrics, lowerIsBetter);
  const aligned = alignValues(named, metrics, { users, maximumLeftOut });

  const estimate = (values: Float64Array, name: string): Estimate => {
    const { mean, low, high } =
      interval === 'student'
        ? studentMeanInterval(values, { level })
        : bootstrapMeanInterval(values, {
            random: splitRandom(random, `interval ${name}`, interval),
            level,
            resamples,
          });
    return { mean, low, high };
  };
  const computePValue = (a: Float64Array, b: Float64Array, name: string): number => {
    if (test === 'student') return pairedTTest(a, b).pValue;
    if (test === 'wilcoxon') return wilcoxonSignedRankTest(a, b, { zeroRule }).pValue;
    return pairedRandomizationTest(a, b, { random: splitRandom(random, `test ${name}`, test), permutations }).pValue;
  };

  const tested = metrics.flatMap((metric, column) =>
    named.flatMap(([first], row) =>
      named.slice(row + 1).map(([second], offset) => {
        const a = aligned.values[row]![column]!;
        const b = aligned.values[row + 1 + offset]![column]!;
        const name = JSON.stringify([metric, first, second]);
        const difference = estimate(pairedDifferences(a, b), name);
        return { metric, first, second, difference, cohensD: pairedCohensD(a, b), pValue: computePValue(a, b, name) };
      }),
    ),
  );
  const adjusted = adjustPValues(
    tested.map(({ pValue }) => pValue),
    correction,
  );
  const pairs = tested.map((pair, index): ComparedPair => {
    const adjustedPValue = adjusted[index]!;
    return { ...pair, adjustedPValue, significant: adjustedPValue <= significanceLevel };
  });

  const estimates = named.map(([system], row) =>
    metrics.map((metric, column) => estimate(aligned.values[row]![column]!, JSON.stringify([metric, system]))),
  );
  const sign = metrics.map((metric) => (lowerIsBetter.includes(metric) ? -1 : 1));
  const best = metrics.map((_, column) => Math.max(...estimates.map((row) => sign[column]! * row[column]!.mean)));
  return {
    metrics: metrics.map((name) => ({ name, lowerIsBetter: lowerIsBetter.includes(name) })),
    systems: named.map(([name], row) => ({
      name,
      letter: letters[row]!,
      results: metrics.map((metric, column): ComparedResult => {
        const result = estimates[row]![column]!;
        const beaten = findBeaten(pairs, metric, name, sign[column]!);
        return {
          ...result,
          best: sign[column]! * result.mean === best[column],
          betterThan: named.flatMap(([other], index) => (beaten.has(other) ? [letters[index]!] : [])),
        };
      }),
    })),
    pairs,
    users: aligned.users,
    leftOut: aligned.leftOut,
    test,
    zeroRule: test === 'wilcoxon' ? zeroRule : null,
    permutations: test === 'randomization' ? permutations : null,
    correction,
    significanceLevel,
    interval,
    resamples: interval === 'bca' ? resamples : null,
    level,
  };
}

function assertChoice(option: string, received: string, choices: readonly string[]): void {
  if (choices.includes(received)) return;
  throw new InvalidArgumentError(option, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, received);
}

function assertMetrics(metrics: readonly string[], lowerIsBetter: readonly string[]): void {
  if (metrics.length === 0 || new Set(metrics).size < metrics.length) {
    throw new InvalidArgumentError('metrics', 'at least one metric, none of them twice', metrics.join(', '));
  }
  const unknown = lowerIsBetter.find((metric) => !metrics.includes(metric));
  if (unknown !== undefined) {
    throw new InvalidArgumentError('lowerIsBetter', `some of the metrics ${metrics.join(', ')}`, unknown);
  }
}

function splitRandom(random: RandomStream | undefined, name: string, purpose: string): RandomStream {
  if (random !== undefined) return random.split(name);
  throw new InvalidArgumentError('random', `a RandomStream for '${purpose}'`, random, 'Pass createRandomStream(seed).');
}

function adjustPValues(pValues: readonly number[], correction: Comparison['correction']): ArrayLike<number> {
  if (correction === 'holm') return adjustByHolm(pValues);
  return correction === 'benjamini-hochberg' ? adjustByBenjaminiHochberg(pValues) : pValues;
}

/** `sign` is -1 where less is better. */
function findBeaten(pairs: readonly ComparedPair[], metric: string, system: string, sign: number): ReadonlySet<string> {
  const beaten = new Set<string>();
  for (const { metric: of, first, second, difference, significant } of pairs) {
    if (of !== metric || !significant) continue;
    if (first === system && sign * difference.mean > 0) beaten.add(second);
    if (second === system && sign * difference.mean < 0) beaten.add(first);
  }
  return beaten;
}
