import { computeActionMasks, type PatternSpace } from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';

/** Task numbers by legal expressions: tasks of one group can be asked each other's prompts. In order of first occurrence. */
export function groupByMasks(tasks: readonly RankingTask[], space: PatternSpace): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  tasks.forEach((task, index) => {
    const key = computeActionMasks(space, task).join('|');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  return [...groups.values()];
}
