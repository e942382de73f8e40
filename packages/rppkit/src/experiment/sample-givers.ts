import type { PatternSpace } from '@rppkit/patterns';
import { swapPrompts } from '@rppkit/search';
import type { RandomStream, RankingTask } from '@rppkit/spec';
import { computeLongestWindow } from './previous-windows.ts';

export interface SampleGiversOptions {
  readonly space: PatternSpace;
  /** Of an episode. */
  readonly rounds: number;
  readonly random: RandomStream;
}

/**
 * For each task the number of the task whose prompts it is handed, all rounds from the same one: a seeded derangement of the
 * tasks that have the same legal expressions in every round, whatever was chosen before, so that all prompts can be handed over as
 * they are. With histories that grow round by round those are the tasks whose histories are equally long, or longer than any
 * episode shows. A task like no other keeps its own.
 */
export function sampleGivers(
  tasks: readonly RankingTask[],
  { space, rounds, random }: SampleGiversOptions,
): readonly number[] {
  const longest = computeLongestWindow(space, rounds);
  const groups = new Map<number, number[]>();
  for (const [index, { history }] of tasks.entries()) {
    const reach = Math.min(history.length, longest);
    groups.set(reach, [...(groups.get(reach) ?? []), index]);
  }
  const givers = Array.from(tasks.keys());
  for (const group of groups.values()) {
    const swapped = swapPrompts({
      tasks: group.map((index) => tasks[index]!),
      // Who gives is all that is asked for.
      choices: group.map((index) => [index]),
      space,
      random,
    });
    for (const [place, index] of group.entries()) givers[index] = swapped[place]![0]!;
  }
  return givers;
}
