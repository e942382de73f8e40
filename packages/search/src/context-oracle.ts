import type { JointAction } from '@rppkit/patterns';
import { type Encoder, type RankingTask, samplePermutation } from '@rppkit/spec';
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
  // Two answers a user at least: the interaction test compares answers within users.
  const users = Math.max(1, Math.min(options.tasks.length, Math.floor(options.calls / 2)));
  const chosen = samplePermutation(options.random.split('users'), options.tasks.length).subarray(0, users);
  const tasks = Array.from(chosen, (index) => options.tasks[index]!);
  const answers = await askRandomPrompts({ ...options, tasks });
  const model = fitRewardModel(answers, { space: options.space, encoders });
  return { answers, choose: model.choose };
}
