import { computeActionMasks, type JointAction, type PatternSpace } from '@rppkit/patterns';
import {
  InvalidArgumentError,
  type JudgedTask,
  type RandomStream,
  type RankingTask,
  sampleIndex,
  samplePermutation,
} from '@rppkit/spec';
import type { PromptTrial } from './answers/answer-source.ts';
import { evaluatePrompts, type PromptAsking } from './evaluate-prompts.ts';

/** A joint action drawn uniformly from those that are legal for the task. */
export function sampleJointAction(random: RandomStream, space: PatternSpace, task: RankingTask): JointAction {
  return computeActionMasks(space, task).map((mask) => sampleIndex(random, mask));
}

/** Rewards of uniformly random prompts: the data that bounds and screenings are fitted on. */
export interface RandomPromptAnswers {
  readonly tasks: readonly JudgedTask[];
  /** Rows with a reward, grouped by task in the order of `tasks`. */
  readonly rows: readonly { readonly task: number; readonly choice: JointAction; readonly reward: number }[];
}

export interface AskRandomPromptsOptions extends PromptAsking {
  readonly tasks: readonly JudgedTask[];
  /** Calls in all, a positive integer; spread evenly over the tasks, so that tasks differ by one call at most. */
  readonly calls: number;
  /** Draw number d of a task uses candidate order d mod this, a positive integer; default 4. */
  readonly candidateOrders?: number;
  readonly random: RandomStream;
}

/**
 * Asks `calls` prompts drawn uniformly at random. Failed calls leave no row. Throws `InvalidArgumentError` for no tasks and
 * numbers outside their ranges.
 */
export async function askRandomPrompts({
  tasks,
  calls,
  candidateOrders = 4,
  random,
  ...asking
}: AskRandomPromptsOptions): Promise<RandomPromptAnswers> {
  if (tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one task', tasks);
  for (const [name, value] of Object.entries({ calls, candidateOrders })) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
  }
  const order = samplePermutation(random.split('tasks'), tasks.length);
  const choices = random.split('choices');
  const trials: PromptTrial[] = Array.from({ length: calls }, (_, call) => {
    const task = order[call % tasks.length]!;
    const draw = Math.floor(call / tasks.length);
    return {
      task,
      choice: sampleJointAction(choices, asking.space, tasks[task]!.task),
      orderIndex: draw % candidateOrders,
      sampleIndex: Math.floor(draw / candidateOrders),
    };
  });
  trials.sort((left, right) => left.task - right.task);
  const k = asking.reward?.k ?? 10;
  const { ndcg, answered } = await evaluatePrompts({ ...asking, tasks, trials, cutoffs: [k] });
  const rewards = ndcg.get(k)!;
  const rows = trials.flatMap(({ task, choice }, index) =>
    answered[index] === 1 ? [{ task, choice, reward: rewards[index]! }] : [],
  );
  return { tasks, rows };
}
