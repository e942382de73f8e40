import type { Encoder } from '@rppkit/env';
import type { JointAction } from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';
import { type AskRandomPromptsOptions, askRandomPrompts, type RandomPromptAnswers } from './random-prompts.ts';
import { fitRewardModel } from './reward-model.ts';

/** The best policy of the observation that this many free answers can find; an estimate from below. */
export interface ContextOracle {
  /** Answers it was fitted on. */
  readonly answers: RandomPromptAnswers;
  choose(task: RankingTask): JointAction;
}

export interface FitContextOracleOptions extends AskRandomPromptsOptions {
  /** What a policy may observe. */
  readonly encoders: readonly Encoder[];
}

/**
 * Asks `calls` uniformly random prompts of users other than those it will be judged on, and fits the reward model on
 * them. It bounds what personalisation can attain; it is no method, because its answers cost more than they bring.
 */
export async function fitContextOracle({ encoders, ...options }: FitContextOracleOptions): Promise<ContextOracle> {
  const answers = await askRandomPrompts(options);
  const model = fitRewardModel(answers, { space: options.space, encoders });
  return { answers, choose: model.choose };
}
