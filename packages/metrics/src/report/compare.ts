import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { assertChoice, assertPositiveInteger } from '../assert-arguments.ts';
import { assertRandomStream } from '../statistics/assert-random-stream.ts';
import type { ZeroRule } from '../statistics/wilcoxon-signed-rank-test.ts';
import { alignValues, assertSystems, listSharedMetrics, type SystemValues } from './aligned-values.ts';
import { comparePair, estimateMean } from './compare-pair.ts';
import type { ComparedPair, ComparedResult, Comparison } from './comparison.ts';
import { assertReachableSignificance, correctPValues } from './correct-p-values.ts';

/** Every test is two-sided and paired by user. */
export interface CompareOptions {
  /** Default `student`. `randomization` needs `random`. */
  readonly test?: Comparison['test'];
  /** Over the family of all pairs of systems in all metrics. Default `holm`. */
  readonly correction?: Comparison['correction'];
  /** A pair is significant where its adjusted p-value is at most this; in (0, 1), default .05. */
  readonly significanceLevel?: number;
  /**
   * Intervals of means and of mean differences over users. Default `student`, which may pass the ends of a metric's range
   * with few users; `bca`, the bootstrap, never does, and needs `random`.
   */
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
  /**
   * Of the randomisation test, a positive integer, default 10,000. The smallest p-value is 1 / (permutations + 1); too few
   * for any pair to be significant after the correction are an error.
   */
  readonly permutations?: number;
  /** Of `bca` intervals, a positive integer, default 2,000. */
  readonly resamples?: number;
  /**
   * Each test and interval splits its own stream off, named after its metric and systems: more systems, or systems and
   * users in another order, change none of the numbers.
   */
  readonly random?: RandomStream;
}

// The letters that have a Unicode superscript; there is none of q.
const letters = 'abcdefghijklmnoprstuvwxyz';

/**
 * Compares 2 to 25 systems on the same users in one or more metrics: means with intervals, a paired test for each pair of
 * systems in each metric, p-values corrected over all of them, and for each system the letters of those it beats. A letter
 * stands where the pair is significant and both the test and the mean difference are in favour of the system: the
 * Wilcoxon test compares ranks, and may point the other way than the means.
 *
 * Systems stand in the order of the record's keys (JavaScript puts keys that are whole numbers, such as '10', first); their
 * names and the metrics may be any text. Values that are equal but for rounding are equal, as in `pairedDifferences`.
 * Throws `InvalidArgumentError` for fewer or more systems, differing users or metrics (the message names the option that
 * decides), fewer than two shared users, values that are not finite, a test or interval that needs `random` without it,
 * and wrong options, also those that the chosen test does not use.
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
  assertChoice('zeroRule', zeroRule, ['wilcoxon', 'pratt']);
  assertPositiveInteger('permutations', permutations);
  assertPositiveInteger('resamples', resamples);
  const purpose = test === 'randomization' ? test : interval === 'bca' ? interval : undefined;
  if (purpose !== undefined) assertRandomStream(random, ` for '${purpose}'`);
  else if (random !== undefined) assertRandomStream(random);
  if (!(significanceLevel > 0 && significanceLevel < 1)) {
    throw new InvalidArgumentError('significanceLevel', 'between 0 and 1, both excluded', significanceLevel);
  }
  if (!(maximumLeftOut >= 0 && maximumLeftOut <= 1)) {
    throw new InvalidArgumentError('maximumLeftOut', 'from 0 to 1', maximumLeftOut);
  }
  assertSystems(systems, letters.length);
  const named = Object.entries(systems);
  const metrics = chosenMetrics ?? listSharedMetrics(named);
  assertMetrics(metrics, lowerIsBetter);
  const family = (metrics.length * named.length * (named.length - 1)) / 2;
  if (test === 'randomization') assertReachableSignificance(permutations, family, correction, significanceLevel);
  const aligned = alignValues(named, metrics, { users, maximumLeftOut });

  const settings = { test, zeroRule, permutations, interval, level, resamples, random };
  const tested = metrics.flatMap((metric, column) =>
    named.flatMap(([first], row) =>
      named.slice(row + 1).map(([second], offset) => {
        const columns = [aligned.values[row]![column]!, aligned.values[row + 1 + offset]![column]!] as const;
        return { metric, first, second, ...comparePair(metric, [first, second], columns, settings) };
      }),
    ),
  );
  const adjusted = correctPValues(
    tested.map(({ pValue }) => pValue),
    correction,
  );
  const pairs = tested.map((pair, index): ComparedPair => {
    const adjustedPValue = adjusted[index]!;
    return { ...pair, adjustedPValue, significant: adjustedPValue <= significanceLevel };
  });

  const estimates = named.map(([system], row) =>
    metrics.map((metric, column) =>
      estimateMean(aligned.values[row]![column]!, JSON.stringify([metric, system]), settings),
    ),
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
          best: best[column]! - sign[column]! * result.mean <= 1e-12 * Math.abs(best[column]!),
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

function assertMetrics(metrics: readonly string[], lowerIsBetter: readonly string[]): void {
  for (const [option, names] of Object.entries({ metrics, lowerIsBetter })) {
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) continue;
    throw new InvalidArgumentError(option, "an array of metrics such as ['ndcg@10']", names);
  }
  if (metrics.length === 0 || new Set(metrics).size < metrics.length) {
    throw new InvalidArgumentError('metrics', 'at least one metric, none of them twice', metrics.join(', '));
  }
  const unknown = lowerIsBetter.find((metric) => !metrics.includes(metric));
  if (unknown !== undefined) {
    throw new InvalidArgumentError('lowerIsBetter', `some of the metrics ${metrics.join(', ')}`, unknown);
  }
}

/** `sign` is -1 where less is better. */
function findBeaten(pairs: readonly ComparedPair[], metric: string, system: string, sign: number): ReadonlySet<string> {
  const beaten = new Set<string>();
  for (const { metric: of, first, second, difference, direction, significant } of pairs) {
    if (of !== metric || !significant || direction !== Math.sign(difference.mean)) continue;
    if (first === system && sign * direction > 0) beaten.add(second);
    if (second === system && sign * direction < 0) beaten.add(first);
  }
  return beaten;
}
