import type { LoggedPrompt } from './logged-prompt.ts';
import { createPromptLog, type PromptLog } from './prompt-log.ts';
import { createFactoredTarget, type PromptTarget } from './prompt-target.ts';

/** Two slots of two and three expressions. */
export const actionCounts = [2, 3] as const;

/** Slot by slot, the same in every context. */
const logging = [
  [0.5, 0.5],
  [0.5, 0.25, 0.25],
] as const;

/** Weights 1.6 and .4 for the first slot; 1, .8 and 1.2 for the second. */
export const target: PromptTarget = createFactoredTarget({
  actionCounts,
  computeMarginals: () => [
    [0.8, 0.2],
    [0.5, 0.2, 0.3],
  ],
});

/** A row that the logging policy wrote. */
export function logPrompt(
  choice: readonly [number, number],
  reward: number,
  rest: Partial<LoggedPrompt> = {},
): LoggedPrompt {
  const logProbabilities = [Math.log(logging[0][choice[0]]!), Math.log(logging[1][choice[1]]!)];
  return { context: 0, choice, logProbabilities, reward, ...rest };
}

/** Four rows with the weights 1.6, .32, 1.28 and .48, and the rewards 1, 0, .5 and 1. */
export const fourRows: PromptLog = createPromptLog(
  [logPrompt([0, 0], 1), logPrompt([1, 1], 0), logPrompt([0, 1], 0.5), logPrompt([1, 2], 1)],
  { actionCounts },
);

/** Every joint action exactly as often as the logging policy draws it, so that means over the log are expectations. */
export function createExactLog(
  computeReward: (first: number, second: number) => number,
  options: { readonly independentSlots?: boolean } = {},
): PromptLog {
  const choices = [0, 1].flatMap((first) => [0, 0, 1, 2].map((second) => [first, second] as const));
  return createPromptLog(
    choices.map((choice) => logPrompt(choice, computeReward(...choice))),
    { actionCounts, ...options },
  );
}
