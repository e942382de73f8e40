import type { InteractionSplit } from '@rppkit/datasets';
import { InvalidArgumentError, type RandomStream, sampleDistinct } from '@rppkit/spec';
import type { FittedRecommender } from '../recommender.ts';

/** What is ranked for whom. */
export interface RankingEvaluationOptions {
  readonly split: InteractionSplit;
  /** Which part of the split holds the relevant items. */
  readonly target: 'validation' | 'test';
  /** Cut-off, at least 1; default 10. */
  readonly k?: number;
  /**
   * What a user is served from: `complete` (default), everything before the target; `train`, the training part alone, which
   * a recommender fitted on that part answers by what it learned of the user. Items before the target are left out of the
   * ranking either way.
   */
  readonly history?: 'complete' | 'train';
  /**
   * Rank the relevant items among this many others drawn evenly from those the user never had, among all of these where they
   * are fewer. Default: among all items.
   */
  readonly sampled?: { readonly negatives: number; readonly random: RandomStream };
}

/** Values of the users who have relevant items, aligned. Ties count at their expected value. */
export interface RankingEvaluation {
  /** Indices into the log's users, `Int32Array [evaluated]`. */
  readonly users: Int32Array;
  /** Linear gain, `Float64Array [evaluated]`. */
  readonly ndcg: Float64Array;
  /** `Float64Array [evaluated]`. */
  readonly recall: Float64Array;
}

/**
 * Ranks each user's held-out items among the items that they did not have before. Throws `InvalidArgumentError` where the
 * recommender knows other items than the log or scores any not finitely, for options out of range, and for a split that
 * keeps repeats.
 */
export function evaluateRanking(
  fitted: FittedRecommender,
  { split, target, k = 10, history = 'complete', sampled }: RankingEvaluationOptions,
): RankingEvaluation {
  assertOptions({ split, target, k, history, ...(sampled !== undefined && { sampled }) });
  const { log, sequences, validationStart, testStart } = split;
  if (fitted.items.length !== log.items.length || fitted.items.some((id, index) => id !== log.items[index]!.id)) {
    throw new InvalidArgumentError('fitted.items', 'those of the log that was split, in its order', fitted.items);
  }
  const users: number[] = [];
  const ndcgs: number[] = [];
  const recalls: number[] = [];
  // 1: had before the target; 2: drawn or relevant. Only these are ranked where candidates are sampled.
  const marks = new Uint8Array(log.items.length);
  for (const [user, id] of log.users.entries()) {
    const own = sequences.items(user);
    const start = target === 'test' ? testStart[user]! : validationStart[user]!;
    const end = target === 'test' ? own.length : testStart[user]!;
    if (end === start) continue;
    const relevant = own.subarray(start, end);
    const known = own.subarray(0, history === 'train' ? validationStart[user]! : start);
    const scores = fitted.scoreItems({ user: id, history: Array.from(known, (item) => ({ item: log.items[item]! })) });
    const bad = scores.findIndex((score) => !Number.isFinite(score));
    if (bad >= 0)
      throw new InvalidArgumentError(`the score of ${JSON.stringify(fitted.items[bad])}`, 'finite', scores[bad]);
    marks.fill(0);
    for (const item of own.subarray(0, start)) marks[item] = 1;
    let wanted = 0;
    if (sampled !== undefined) {
      const has = new Set(own);
      const others = Array.from(log.items.keys()).filter((item) => !has.has(item));
      const count = Math.min(sampled.negatives, others.length);
      const drawn = sampleDistinct(sampled.random.split(target).split(id), others.length, count);
      for (const index of drawn) marks[others[index]!] = 2;
      for (const item of relevant) marks[item] = 2;
      wanted = 2;
    }
    const measured = measureRanking(scores, relevant, (item) => marks[item] === wanted, k);
    users.push(user);
    ndcgs.push(measured.ndcg);
    recalls.push(measured.recall);
  }
  return { users: Int32Array.from(users), ndcg: Float64Array.from(ndcgs), recall: Float64Array.from(recalls) };
}

/**
 * NDCG and recall at k of the relevant items among those that are ranked. In a group of ties every order is equally likely, so
 * that each item stands at each of its places alike; both metrics are sums over items. Ranking all items would take a sort.
 */
function measureRanking(
  scores: Float32Array,
  relevant: Int32Array,
  isRanked: (item: number) => boolean,
  k: number,
): { readonly ndcg: number; readonly recall: number } {
  const discount = (place: number): number => (place < k ? 1 / Math.log2(place + 2) : 0);
  let gain = 0;
  let found = 0;
  let ideal = 0;
  for (const [place, own] of relevant.entries()) {
    let above = 0;
    let equal = 0;
    for (let item = 0; item < scores.length; item++) {
      if (!isRanked(item)) continue;
      if (scores[item]! > scores[own]!) above++;
      else if (scores[item]! === scores[own]!) equal++;
    }
    for (let at = above; at < Math.min(k, above + equal); at++) {
      gain += discount(at) / equal;
      found += 1 / equal;
    }
    ideal += discount(place);
  }
  return { ndcg: gain / ideal, recall: found / relevant.length };
}

function assertOptions({ split, target, k, history, sampled }: RankingEvaluationOptions): void {
  if (split.repeats === 'keep') {
    const advice = 'An item of the history cannot be ranked again.';
    throw new InvalidArgumentError('split.repeats', '"first" or "last"', split.repeats, advice);
  }
  if (target !== 'validation' && target !== 'test') {
    throw new InvalidArgumentError('target', '"validation" or "test"', target);
  }
  if (history !== 'complete' && history !== 'train') {
    throw new InvalidArgumentError('history', '"complete" or "train"', history);
  }
  for (const [name, value] of Object.entries({ k, 'sampled.negatives': sampled?.negatives ?? 1 })) {
    if (!Number.isSafeInteger(value) || value! < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
  }
}
