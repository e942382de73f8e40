import { type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { type RandomStream, type RankingTask, sampleDerangement } from '@rppkit/spec';

export interface SwapPromptsOptions {
  readonly tasks: readonly RankingTask[];
  /** The joint action of each task. */
  readonly choices: readonly JointAction[];
  readonly space: PatternSpace;
  readonly random: RandomStream;
}

/**
 * The control for personalisation: every task gets the prompt of another task (a seeded derangement), with its own legal
 * windows. The prompts as a whole are the same; only who gets which differs.
 */
export function swapPrompts({ tasks, choices, space, random }: SwapPromptsOptions): readonly JointAction[] {
  const givers = sampleDerangement(random, tasks.length);
  return tasks.map((task, index) => legalizeJointAction(space, choices[givers[index]!]!, task));
}
