import { InvalidArgumentError } from '@rppkit/spec';
import type { CandidateRanking } from './candidate-ranking.ts';
import { hitRate } from './hit-rate.ts';
import { ndcg } from './ndcg.ts';
import { NoRelevantItemError } from './no-relevant-item-error.ts';
import { type MetricName, parseMetric } from './parse-metric.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { mean } from './statistics/sample-moments.ts';

/** Results of `evaluate`. Records are keyed by the metric as it was written, such as `ndcg@10`. */
export interface Evaluation {
  /** Users in the order of `relevance`. */
  readonly users: readonly string[];
  /** `Float64Array [users]` for each metric: kept so that systems can be compared user by user. */
  readonly perUser: Readonly<Record<string, Float64Array>>;
  /** Mean over users of each metric. */
  readonly means: Readonly<Record<string, number>>;
}

/** Item ids by user, best first, without ties. */
export type UserRankings = Readonly<Record<string, readonly string[]>>;

/** Item id → gain by user; gains are finite and at least 0, items that are absent have gain 0. */
export type UserRelevance = Readonly<Record<string, Readonly<Record<string, number>>>>;

const metricFunctions: Readonly<
  Record<MetricName, (ranking: CandidateRanking, gains: ArrayLike<number>, k: number) => number>
> = { ndcg, hit_rate: hitRate, mrr: reciprocalRank };

/**
 * Computes metrics such as `['ndcg@10', 'hit_rate@1', 'mrr@10']` from plain objects. Relevant items that a ranking leaves
 * out count as never retrieved. Both records must hold the same users; a user who got nothing has an empty ranking.
 * Throws `InvalidArgumentError` for unknown metrics, repeated items, wrong gains, differing or no users, and
 * `NoRelevantItemError` for a user without a relevant item.
 */
export function evaluate(rankings: UserRankings, relevance: UserRelevance, metrics: readonly string[]): Evaluation {
  if (metrics.length === 0 || new Set(metrics).size < metrics.length) {
    throw new InvalidArgumentError('metrics', 'at least one metric, none of them twice', metrics.join(', '));
  }
  const parsed = metrics.map((label) => ({ label, ...parseMetric(label) }));
  const users = listUsers(rankings, relevance);
  const perUser: Record<string, Float64Array> = {};
  for (const label of metrics) perUser[label] = new Float64Array(users.length);
  users.forEach((user, row) => {
    const { ranking, gains } = indexItems(user, rankings[user]!, relevance[user]!);
    for (const { label, name, k } of parsed) perUser[label]![row] = metricFunctions[name](ranking, gains, k);
  });
  const means = Object.fromEntries(metrics.map((label) => [label, mean(perUser[label]!)]));
  return { users, perUser, means };
}

function listUsers(rankings: UserRankings, relevance: UserRelevance): string[] {
  const users = Object.keys(relevance);
  if (users.length === 0) throw new InvalidArgumentError('relevance', 'at least one user', 'none');
  const unranked = users.find((user) => !Object.hasOwn(rankings, user));
  if (unranked !== undefined) {
    throw new InvalidArgumentError(
      'rankings',
      `a ranking for user ${JSON.stringify(unranked)}`,
      undefined,
      'Pass an empty ranking for a user who got none, or leave the user out of relevance.',
    );
  }
  const unjudged = Object.keys(rankings).find((user) => !Object.hasOwn(relevance, user));
  if (unjudged !== undefined) {
    throw new InvalidArgumentError(
      'relevance',
      `gains for user ${JSON.stringify(unjudged)}`,
      undefined,
      'Leave users without relevant items out of rankings and report their number.',
    );
  }
  return users;
}

/** Candidates are the ranked items, then the relevant ones that were not retrieved. */
function indexItems(
  user: string,
  items: readonly string[],
  itemGains: Readonly<Record<string, number>>,
): { readonly ranking: CandidateRanking; readonly gains: readonly number[] } {
  const retrieved = new Set(items);
  if (retrieved.size < items.length) {
    const repeated = items.find((item, position) => items.indexOf(item) < position);
    throw new InvalidArgumentError(`rankings[${JSON.stringify(user)}]`, 'without repeated items', repeated);
  }
  const gains = items.map((item) => (Object.hasOwn(itemGains, item) ? itemGains[item]! : 0));
  let relevant = false;
  for (const [item, gain] of Object.entries(itemGains)) {
    if (!Number.isFinite(gain) || gain < 0) {
      const argument = `relevance[${JSON.stringify(user)}][${JSON.stringify(item)}]`;
      throw new InvalidArgumentError(argument, 'a finite number, at least 0', gain);
    }
    if (gain > 0) relevant = true;
    if (!retrieved.has(item)) gains.push(gain);
  }
  if (!relevant) throw new NoRelevantItemError(user);
  const order = Int32Array.from(items, (_, position) => position);
  return { ranking: { order, groups: order }, gains };
}
