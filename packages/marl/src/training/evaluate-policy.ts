import {
  createRandomStream,
  InvalidArgumentError,
  type Policy,
  type UpdateMetrics,
  type VectorEnvironment,
} from '@rppkit/spec';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { computeMean, type EpisodeOutcomes, listEpisodeOutcomes } from './episode-outcomes.ts';

/** What an evaluation plays. */
export interface EvaluationOptions {
  /** Of tasks that training does not use. */
  readonly environment: VectorEnvironment;
  /** A multiple of the environment's batch size. Default: one batch. */
  readonly episodes?: number;
  /** Decides the tasks: evaluations with the same seed play the same ones. Any safe integer. */
  readonly seed: number;
}

/** What an evaluation found; episodes with a step that carries no reward are left out. */
export interface EvaluationOutcome extends EpisodeOutcomes {
  /** `eval/mean_reward` and `eval/mean_ep_length`, NaN where no episode is left. */
  readonly metrics: UpdateMetrics;
}

/**
 * Plays episodes with the most probable actions. The same policy and seed give the same outcome where the environment is
 * deterministic. Throws `InvalidArgumentError` for options out of range, and the signal's reason when aborted.
 */
export async function evaluatePolicy(
  policy: Policy,
  {
    environment,
    episodes = environment.batchSize,
    seed,
    signal,
  }: EvaluationOptions & { readonly signal?: AbortSignal },
): Promise<EvaluationOutcome> {
  assertEvaluation({ environment, episodes, seed });
  const random = createRandomStream(seed);
  const rewards: number[] = [];
  const lengths: number[] = [];
  for (let batch = 0; batch < episodes / environment.batchSize; batch++) {
    const { rollout } = await collectRollout(environment, policy, {
      random,
      seed: random.split(batch).bits(),
      deterministic: true,
      ...(signal === undefined ? {} : { signal }),
    });
    const outcomes = listEpisodeOutcomes(rollout);
    rewards.push(...outcomes.rewards);
    lengths.push(...outcomes.lengths);
  }
  const metrics = { 'eval/mean_reward': computeMean(rewards), 'eval/mean_ep_length': computeMean(lengths) };
  return { rewards, lengths, metrics };
}

/** Throws `InvalidArgumentError` for options out of range. */
export function assertEvaluation({ environment, episodes, seed }: EvaluationOptions): void {
  const { batchSize } = environment;
  if (episodes !== undefined && !(Number.isSafeInteger(episodes) && episodes > 0 && episodes % batchSize === 0)) {
    throw new InvalidArgumentError('evaluation.episodes', `a positive multiple of the batch of ${batchSize}`, episodes);
  }
  if (!Number.isSafeInteger(seed)) throw new InvalidArgumentError('evaluation.seed', 'a safe integer', seed);
}
