import { assertChoice } from './assert-arguments.ts';
import { type TieRule, tieRules } from './break-ties.ts';
import { ItemIndex } from './item-index.ts';
import { metricTable } from './metric-table.ts';
import { parseMetrics } from './parse-metric.ts';
import { type MissingCandidates, missingRules } from './rank-order.ts';
import { selectUsers, type UserOptions } from './select-users.ts';
import { mean } from './statistics/sample-moments.ts';
import type { UserRankings, UserRelevance } from './user-rankings.ts';

/** Results of `evaluate`. Records are keyed by the metric as it was written, such as `ndcg@10`. */
export interface Evaluation {
  /** Users in the order of `relevance`, those left out by an option excepted. */
  readonly users: readonly string[];
  /** Users whom an option left out: report their number. */
  readonly omitted: readonly string[];
  /** `Float64Array [users]` for each metric: kept so that systems can be compared user by user. */
  readonly perUser: Readonly<Record<string, Float64Array>>;
  /** Mean over users of each metric. */
  readonly means: Readonly<Record<string, number>>;
}

export interface EvaluateOptions extends UserOptions {
  /** How equal scores count; default `expected`. Under `stable` an item that its record lists earlier comes first. */
  readonly ties?: TieRule;
  /**
   * Items with an entry in `relevance` (a gain of 0 too) that the ranking leaves out. `zero` (default): never retrieved.
   * `expected-ties`: tied after the ranked ones. `bottom`: after the ranked ones as `relevance` lists them.
   */
  readonly missing?: MissingCandidates;
}

/**
 * Computes metrics such as `['ndcg@10', 'recall@5', 'map@10']` from plain objects; `parseMetric` says what can be written.
 * Both records must hold the same users, each with a relevant item, unless an option says what to do with the others; a
 * user who got nothing has an empty ranking. Throws `InvalidArgumentError` for unknown metrics, repeated items, wrong
 * gains or scores, differing or no users, and `NoRelevantItemError` for a user without a relevant item.
 */
export function evaluate(
  rankings: UserRankings,
  relevance: UserRelevance,
  metrics: readonly string[],
  { ties = 'expected', missing = 'zero', ...userOptions }: EvaluateOptions = {},
): Evaluation {
  assertChoice('ties', ties, tieRules);
  assertChoice('missing', missing, missingRules);
  const parsed = parseMetrics(metrics);
  const { users, omitted, zero } = selectUsers(rankings, relevance, userOptions);
  const index = new ItemIndex(ties, missing);
  const perUser = Object.fromEntries(metrics.map((label) => [label, new Float64Array(users.length)]));
  users.forEach((user, row) => {
    const items = Object.hasOwn(rankings, user) ? rankings[user]! : [];
    const { ranking, gains } = index.index(user, items, relevance[user]!);
    if (zero.has(user)) return;
    for (const { label, name, k = 0, parameter = 0 } of parsed) {
      perUser[label]![row] = metricTable[name].compute(ranking, gains, k, parameter);
    }
  });
  return { users, omitted, perUser, means: computeMeans(perUser) };
}

/** The mean over users of each metric. */
export function computeMeans(perUser: Readonly<Record<string, Float64Array>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(perUser).map(([label, values]) => [label, mean(values)]));
}
