import { prepareEncoders } from '@rppkit/env';
import type { JointAction } from '@rppkit/patterns';
import { type Encoder, InvalidArgumentError, type RankingTask, samplePermutation } from '@rppkit/spec';
import { type AskRandomPromptsOptions, askRandomPrompts, type RandomPromptAnswers } from '../random-prompts.ts';
import { NoAnswersError } from '../searchers/no-answers-error.ts';
import { fitRewardModel } from './reward-model.ts';

/** The best policy of the observation that this many free answers can find; an estimate from below. */
export interface ContextOracle {
  /** Answers it was fitted on. */
  readonly answers: RandomPromptAnswers;
  /** Called with every task before `choose` is, as encoders may wait for something, such as a text embedder. */
  prepare(tasks: readonly RankingTask[], options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** A legal joint action. */
  choose(task: RankingTask): JointAction;
}

export interface FitContextOracleOptions extends AskRandomPromptsOptions {
  /** What a policy may observe. */
  readonly encoders: readonly Encoder[];
}

/**
 * Asks `calls` uniformly random prompts of users other than those it will be judged on, and fits the reward model on
 * them. It bounds what personalisation can attain; it is no method, because its answers cost more than they bring. Rejects
 * with `InvalidArgumentError` for no tasks or calls, with `NoAnswersError` where every call failed, and with the reason of
 * its signal.
 */
export async function fitContextOracle({ encoders, ...options }: FitContextOracleOptions): Promise<ContextOracle> {
  const { calls, random, space, signal } = options;
  signal?.throwIfAborted();
  if (options.tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one task', options.tasks);
  if (!Number.isInteger(calls) || calls < 1) throw new InvalidArgumentError('calls', 'a positive integer', calls);
  // Two answers a user at least, so that what the answers of a user share can be told from what prompts do.
  const users = Math.max(1, Math.min(options.tasks.length, Math.floor(calls / 2)));
  const chosen = samplePermutation(random.split('users'), options.tasks.length).subarray(0, users);
  const tasks = Array.from(chosen, (index) => options.tasks[index]!);
  const prepare: ContextOracle['prepare'] = (others, preparing = {}) => {
    const contexts = others.map((task) => ({ task, round: 0, rounds: 1 }));
    return prepareEncoders(encoders, contexts, preparing);
  };
  await prepare(
    tasks.map(({ task }) => task),
    signal === undefined ? {} : { signal },
  );
  const answers = await askRandomPrompts({ ...options, tasks }).catch((error: unknown) => {
    // A model that is aborted fails in words of its own.
    signal?.throwIfAborted();
    throw error;
  });
  if (answers.rows.length === 0) throw new NoAnswersError(calls);
  const model = fitRewardModel(answers, { space, encoders });
  return { answers, prepare, choose: model.choose };
}
