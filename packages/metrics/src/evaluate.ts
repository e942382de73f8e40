import { InvalidArgumentError } from '@rppkit/spec';
import { assertChoice } from './assert-arguments.ts';
import { createUndefinedAucError } from './auc.ts';
import { type TieRule, tieRules } from './break-ties.ts';
import { ItemIndex } from './item-index.ts';
import { describePlace } from './keyed-values.ts';
import { computeMeans } from './metric-means.ts';
import { metricTable } from './metric-table.ts';
import { parseMetrics } from './parse-metric.ts';
import { type MissingCandidates, missingRules } from './rank-order.ts';
import { type OmittedUsers, selectUsers, type UserOptions } from './select-users.ts';
import type { UserRankings, UserRelevance } from './user-rankings.ts';

/** Results of `evaluate`. Records are keyed by the metric as it was written, such as `ndcg@10`. */
export interface Evaluation<Metric extends string = string> {
  /** Users in the order of `relevance`, those left out by an option excepted. */
  readonly users: readonly string[];
  /** Users whom an option left out, by the reason: report their number. */
  readonly omitted: OmittedUsers;
  /** `Float64Array [users]` for each metric: kept so that systems can be compared user by user. */
  readonly perUser: Readonly<Record<Metric, Float64Array>>;
  /** Mean over users of each metric. */
  readonly means: Readonly<Record<Metric, number>>;
}

export interface EvaluateOptions extends UserOptions {
  /** How equal scores count; default `expected`. Under `stable` an item that its user's scores list earlier comes first. */
  readonly ties?: TieRule;
  /**
   * Items with an entry in `relevance` (a gain of 0 too) that the ranking leaves out, whatever `ties` is. `zero` (default):
   * never retrieved. `expected-ties`: tied after the ranked ones, the mean over all orders. `bottom-in-candidate-order`:
   * after the ranked ones as `relevance` lists them.
   */
  readonly missing?: MissingCandidates;
}

/**
 * Computes metrics such as `['ndcg@10', 'recall@5', 'map@10']` from plain objects or Maps; `parseMetric` says what can be
 * written. Both records must hold the same users, each with a relevant item, unless an option says what to do with the
 * others; a user who got nothing has an empty ranking.
 *
 * A user's candidates are the items that were ranked or judged: `auc` compares these only, and must not be asked about a
 * user whose items are all relevant.
 *
 * Order counts for `users`, for `ties: 'stable'` and for `missing: 'bottom-in-candidate-order'`. A `Map` and an array
 * keep it; JavaScript lists the keys of an object that look like integers ("7") first, in numeric order. Pass arrays or
 * Maps for such ids.
 *
 * Throws `InvalidArgumentError` for unknown metrics, repeated items, wrong gains or scores, differing or no users, and
 * `NoRelevantItemError` for a user without a relevant item.
 */
export function evaluate<const Metric extends string>(
  rankings: UserRankings,
  relevance: UserRelevance,
  metrics: readonly Metric[],
  { ties = 'expected', missing = 'zero', ...userOptions }: EvaluateOptions = {},
): Evaluation<Metric> {
  assertChoice('ties', ties, tieRules);
  assertChoice('missing', missing, missingRules);
  const parsed = parseMetrics(metrics);
  const limits = parsed.map(({ label, name, parameter = 0 }) => {
    return { label, gain: metricTable[name].largestGain?.(parameter) ?? Number.POSITIVE_INFINITY };
  });
  const strictest = limits.sort((a, b) => a.gain - b.gain)[0]!;
  const users: string[] = [];
  const omitted = { unranked: [], unjudged: [], noRelevant: [] };
  const columns = parsed.map((): number[] => []);
  const index = new ItemIndex(ties, missing);
  for (const selected of selectUsers(rankings, relevance, strictest, omitted, userOptions)) {
    const { ranking, gains } = index.index(selected);
    parsed.forEach(({ name, k = 0, parameter = 0 }, column) => {
      const { user, relevant } = selected;
      if (name === 'auc' && relevant && !gains.includes(0)) {
        throw createUndefinedAucError(describePlace('relevance', user), gains);
      }
      columns[column]!.push(relevant ? metricTable[name].compute(ranking, gains, k, parameter) : 0);
    });
    users.push(selected.user);
  }
  if (users.length === 0) throw new InvalidArgumentError('relevance', 'at least one user to evaluate', 'none');
  const perUser = Object.fromEntries(
    parsed.map(({ label }, column) => [label, new Float64Array(columns[column]!)]),
  ) as Record<Metric, Float64Array>;
  return { users, omitted, perUser, means: computeMeans(perUser) };
}
