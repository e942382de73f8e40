import type { InteractionSplit } from '@rppkit/datasets';
import { ndcg, rankByScores, recall } from '@rppkit/metrics';
import { InvalidArgumentError, type RandomStream, sampleDistinct } from '@rppkit/spec';
import type { FittedRecommender } from '../recommender.ts';

export interface RankingEvaluationOptions {
  readonly split: InteractionSplit;
  /** Which part of the split holds the relevant items. */
  readonly target: 'validation' | 'test';
  /** Cut-off; default 10. */
  readonly k?: number;
  /**
   * What a user is served from: `complete` (default), everything before the target; `train`, the training part alone, which
   * a recommender fitted on that part answers by what it learned of the user. Items before the target are left out of the
   * ranking either way.
   */
  readonly history?: 'complete' | 'train';
  /** Rank the relevant items among this many others drawn evenly from those the user never had. Default: among all of them. */
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
 * recommender knows other items than the log.
 */
export function evaluateRanking(
  fitted: FittedRecommender,
  { split, target, k = 10, history = 'complete', sampled }: RankingEvaluationOptions,
): RankingEvaluation {
  const { log, sequences, validationStart, testStart } = split;
  if (fitted.items.length !== log.items.length || fitted.items.some((id, index) => id !== log.items[index]!.id)) {
    throw new InvalidArgumentError('fitted.items', 'those of the log that was split, in its order', fitted.items);
  }
  const users: number[] = [];
  const ndcgs: number[] = [];
  const recalls: number[] = [];
  const hidden = new Uint8Array(log.items.length);
  for (const [user, id] of log.users.entries()) {
    const own = sequences.items(user);
    const start = target === 'test' ? testStart[user]! : validationStart[user]!;
    const end = target === 'test' ? own.length : testStart[user]!;
    if (end === start) continue;
    const relevant = new Set(own.subarray(start, end));
    const known = own.subarray(0, history === 'train' ? validationStart[user]! : start);
    const scores = fitted.scoreItems({ user: id, history: Array.from(known, (item) => ({ item: log.items[item]! })) });
    hidden.fill(0);
    for (const item of own.subarray(0, start)) hidden[item] = 1;
    let ranked = Array.from(log.items.keys()).filter((item) => hidden[item] === 0 || relevant.has(item));
    if (sampled !== undefined) {
      const has = new Set(own);
      const others = ranked.filter((item) => !has.has(item));
      const drawn = sampleDistinct(
        sampled.random.split(target).split(id),
        others.length,
        Math.min(sampled.negatives, others.length),
      );
      ranked = [...relevant, ...Array.from(drawn, (index) => others[index]!)];
    }
    const ranking = rankByScores(Float32Array.from(ranked, (item) => scores[item]!));
    const gains = Float64Array.from(ranked, (item) => Number(relevant.has(item)));
    users.push(user);
    ndcgs.push(ndcg(ranking, gains, k));
    recalls.push(recall(ranking, gains, k));
  }
  return { users: Int32Array.from(users), ndcg: Float64Array.from(ndcgs), recall: Float64Array.from(recalls) };
}
