import { computeGains, computeRankingsScore, type JudgingOptions } from '@rppkit/env';
import { ndcg } from '@rppkit/metrics';
import type { JudgedTask } from '@rppkit/spec';
import { computeEntriesPerTask, getEntryRanking, isRewarded, type ResponseTable } from './response-table.ts';

/** The metric of an entry by the labels of task number `task`; NaN where the call failed or was not made. */
export type EntryScores = (task: number, index: number) => number;

/**
 * Scores of a table's entries, each computed when it is first asked for. `places` says where in the table each of the tasks
 * is.
 */
export function createEntryScores(
  table: ResponseTable,
  {
    tasks,
    places,
    judging,
  }: { readonly tasks: readonly JudgedTask[]; readonly places: Int32Array; readonly judging: JudgingOptions },
): EntryScores {
  const { metric = ndcg, k = 10 } = judging;
  const perTask = computeEntriesPerTask(table.manifest);
  const known = new Map<
    number,
    { readonly gains: Float64Array; readonly groups: Int32Array; readonly scores: Float64Array }
  >();
  const computeScore = (judged: JudgedTask, ranking: Int32Array, gains: Float64Array, groups: Int32Array): number => {
    // Nothing is left out and nothing ties, so there is no need to look for it.
    const score = ranking.length === gains.length ? metric({ order: ranking, groups }, gains, k) : Number.NaN;
    return Number.isFinite(score) ? score : computeRankingsScore(judged, [ranking], judging);
  };
  return (task, index) => {
    if (!isRewarded(table.statuses[index]!)) return Number.NaN;
    const judged = tasks[task]!;
    let own = known.get(task);
    if (own === undefined) {
      own = {
        gains: computeGains(judged),
        groups: Int32Array.from(judged.task.candidates, (_, place) => place),
        scores: new Float64Array(perTask).fill(Number.NaN),
      };
      known.set(task, own);
    }
    const place = index - places[task]! * perTask;
    const score = own.scores[place]!;
    if (!Number.isNaN(score)) return score;
    own.scores[place] = computeScore(judged, getEntryRanking(table, index), own.gains, own.groups);
    return own.scores[place]!;
  };
}
