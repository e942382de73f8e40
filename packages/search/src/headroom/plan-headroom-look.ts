import {
  composePrompt,
  computeActionMasks,
  estimateTokens,
  type JointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import { InvalidArgumentError, type JudgedTask, type RandomStream, samplePermutation } from '@rppkit/spec';
import type { PromptTrial } from '../answers/answer-source.ts';
import { groupByMasks } from '../group-by-masks.ts';

export interface PlanHeadroomLookOptions {
  /** At least 20, with labels. */
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  /** Calls in all, at least 100; default 2,000. */
  readonly calls?: number;
  /** Draw number d of a task uses candidate order d mod this, a positive integer; default 4. */
  readonly candidateOrders?: number;
  readonly random: RandomStream;
}

/** What a look will ask, known before the first call. */
export interface HeadroomLookPlan {
  readonly calls: number;
  /** Tasks that are asked about: as many as give each two answers, or all. */
  readonly tasks: number;
  /** Estimated from the prompts' texts. */
  readonly inputTokens: number;
  /** Estimated as one title for each candidate. */
  readonly outputTokens: number;
  /** In the order in which they are asked. */
  readonly trials: readonly PromptTrial[];
}

/**
 * Plans balanced random prompts: among the tasks with the same legal expressions each legal expression of a pattern is asked
 * equally often, give or take one. The same stream gives the same plan. Throws `InvalidArgumentError` for options out of range.
 */
export function planHeadroomLook({
  tasks,
  space,
  calls = 2000,
  candidateOrders = 4,
  random,
}: PlanHeadroomLookOptions): HeadroomLookPlan {
  if (tasks.length < 20) throw new InvalidArgumentError('tasks', 'at least 20 tasks', tasks);
  if (!Number.isInteger(calls) || calls < 100) {
    throw new InvalidArgumentError('calls', 'an integer of at least 100', calls);
  }
  if (!Number.isInteger(candidateOrders) || candidateOrders < 1) {
    throw new InvalidArgumentError('candidateOrders', 'a positive integer', candidateOrders);
  }
  const count = Math.min(tasks.length, Math.ceil(calls / 2));
  const chosen = samplePermutation(random.split('tasks'), tasks.length).subarray(0, count).sort();
  const slots = Array.from({ length: calls }, (_, call) => ({
    task: chosen[call % count]!,
    draw: Math.floor(call / count),
  }));
  const choices = balance(slots, { tasks, space, random: random.split('prompts') });
  let inputTokens = 0;
  let outputTokens = 0;
  const trials = slots.map(({ task, draw }, slot): PromptTrial => {
    const plain = tasks[task]!.task;
    const choice = choices[slot]!;
    inputTokens += composePrompt(space, choice, plain).estimatedTokens;
    outputTokens += estimateTokens(plain.candidates.map(({ title }) => title).join('\n'));
    return {
      task,
      choice,
      orderIndex: draw % candidateOrders,
      sampleIndex: Math.floor(draw / candidateOrders),
    };
  });
  return { calls, tasks: count, inputTokens, outputTokens, trials };
}

/** A joint action for each slot. */
function balance(
  slots: readonly { readonly task: number }[],
  {
    tasks,
    space,
    random,
  }: Pick<PlanHeadroomLookOptions, 'space' | 'random'> & { readonly tasks: readonly JudgedTask[] },
): readonly JointAction[] {
  const plain = slots.map(({ task }) => tasks[task]!.task);
  const choices: number[][] = slots.map(() => []);
  for (const group of groupByMasks(plain, space)) {
    for (const mask of computeActionMasks(space, plain[group[0]!]!)) {
      const legal = Array.from(mask.keys()).filter((action) => mask[action] === 1);
      // Shuffled before and after: which expressions come once more is random, and who gets which.
      const order = samplePermutation(random, legal.length);
      const places = samplePermutation(random, group.length);
      for (const [place, member] of places.entries()) {
        choices[group[member]!]!.push(legal[order[place % legal.length]!]!);
      }
    }
  }
  return choices;
}
