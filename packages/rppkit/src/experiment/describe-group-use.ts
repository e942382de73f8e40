import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { TrainingInteractions } from '@rppkit/recommenders';
import {
  createDriftGroups,
  createHistoryLengthGroups,
  createPopularityGroups,
  type TaskGrouping,
} from '@rppkit/search';
import { InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { describePatternUse } from './describe-pattern-use.ts';
import type { GroupUse } from './results.ts';

/** In the order of the report. */
const groupOrder = ['low', 'middle', 'high', 'none'];

export interface GroupUseOptions {
  readonly space: PatternSpace;
  /** The joint action of each task. */
  readonly choices: readonly JointAction[];
  /** Items are as popular as they are frequent here. */
  readonly interactions: Pick<TrainingInteractions, 'items' | 'item'>;
}

/**
 * What the policy picks within terciles of the tasks by history length, by popularity of the history, and by drift. Drift is left
 * out where items have no attributes, and groups without users are.
 */
export function describeGroupUse(
  tasks: readonly RankingTask[],
  { space, choices, interactions }: GroupUseOptions,
): readonly GroupUse[] {
  const groupings = [
    createHistoryLengthGroups(tasks),
    createPopularityGroups(tasks, countPopularity(interactions)),
    ...createDriftGrouping(tasks),
  ];
  return groupings.flatMap((grouping) => {
    const groups = tasks.map((task) => grouping.of(task));
    return groupOrder.flatMap((group): GroupUse | readonly [] => {
      const own = choices.filter((_, task) => groups[task] === group);
      if (own.length === 0) return [];
      const use = describePatternUse(space, own, []);
      return {
        grouping: grouping.name,
        group,
        users: own.length,
        shares: use.map(({ expressions }) => expressions.map(({ share }) => share)),
      };
    });
  });
}

/** ln(1 + count), so that a few blockbusters do not decide. */
function countPopularity({ items, item }: GroupUseOptions['interactions']): (itemId: string) => number {
  const counts = new Map(items.map(({ id }) => [id, 0]));
  for (const index of item) {
    const { id } = items[index]!;
    counts.set(id, counts.get(id)! + 1);
  }
  return (itemId) => Math.log1p(counts.get(itemId) ?? 0);
}

function createDriftGrouping(tasks: readonly RankingTask[]): readonly TaskGrouping[] {
  try {
    return [createDriftGroups(tasks)];
  } catch (error) {
    // No history has attributes at its end and before.
    if (InvalidArgumentError.isInstance(error)) return [];
    throw error;
  }
}
