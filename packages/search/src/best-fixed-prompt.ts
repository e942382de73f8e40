import { computeJointActionCount, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { createModelSource } from './answers/create-model-source.ts';
import type { AskRandomPromptsOptions } from './random-prompts.ts';
import type { LeadingPrompt } from './searchers/halve-prompts.ts';
import { fewestHalvingCalls, type HalvingPlan, planHalving } from './searchers/halving-plan.ts';
import { findByHalving } from './searchers/halving-search.ts';
import { createSearchCalls } from './searchers/search-calls.ts';

/** How a budget of calls is spent; computed before the first call, so that it can be announced. */
export type BestFixedPlan = HalvingPlan;

/** The plan for at most `calls` calls in a space. Throws below 128, where a finalist would not be asked once a round. */
export function planBestFixedPrompt(calls: number, space: PatternSpace): BestFixedPlan {
  return planHalving(calls, computeJointActionCount(space));
}

/** The prompt that does best for everybody. */
export interface BestFixedPrompt {
  readonly choice: JointAction;
  /** Calls that the search made, those answered by a store included. */
  readonly calls: number;
}

export interface FindBestFixedPromptOptions extends AskRandomPromptsOptions {
  /** Told of the prompt that leads, after every round of halving. */
  readonly onLeader?: (leader: LeadingPrompt) => void;
}

/**
 * The best fixed prompt of a model: `createHalvingSearch` on its answers. A prompt is judged as it would be served: where
 * its window is longer than a history, the longest legal window is asked. Throws `InvalidArgumentError` for fewer than 128
 * calls, rejects with `NoAnswersError` where no call was answered.
 */
export async function findBestFixedPrompt({
  calls,
  random,
  signal,
  onLeader,
  ...source
}: FindBestFixedPromptOptions): Promise<BestFixedPrompt> {
  const asking = signal === undefined ? {} : { signal };
  const made = createSearchCalls(createModelSource(source), fewestHalvingCalls, { calls, ...asking });
  const choice = await findByHalving(made, random, onLeader === undefined ? {} : { onLeader });
  return { choice, calls: made.made };
}
