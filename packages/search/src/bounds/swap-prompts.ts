import type { JointAction, PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type RandomStream, type RankingTask, sampleDerangement } from '@rppkit/spec';
import { groupByMasks } from '../group-by-masks.ts';

export interface SwapPromptsOptions {
  readonly tasks: readonly RankingTask[];
  /** The joint action of each task. */
  readonly choices: readonly JointAction[];
  readonly space: PatternSpace;
  readonly random: RandomStream;
}

/**
 * The control for personalisation: every task gets the prompt of another task with the same legal expressions (a seeded
 * derangement of each such group). The prompts as a whole are the same; only who gets which differs, so a policy with one
 * prompt for everybody gains exactly nothing over it. A task whose legal expressions no other task shares keeps its own
 * prompt, and a user with several tasks may get a prompt of its own other task; both can only make the gain look smaller. Throws
 * `InvalidArgumentError` unless there is one choice for each task.
 */
export function swapPrompts({ tasks, choices, space, random }: SwapPromptsOptions): readonly JointAction[] {
  if (choices.length !== tasks.length) {
    throw new InvalidArgumentError('choices', `one for each of ${tasks.length} tasks`, choices.length);
  }
  const swapped = [...choices];
  for (const group of groupByMasks(tasks, space)) {
    if (group.length < 2) continue;
    const givers = sampleDerangement(random, group.length);
    group.forEach((index, position) => {
      swapped[index] = choices[group[givers[position]!]!]!;
    });
  }
  return swapped;
}
