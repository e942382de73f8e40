import {
  InvalidArgumentError,
  type Learner,
  type RandomStream,
  type Rollout,
  type UpdateMetrics,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { collectRollout } from '../rollouts/collect-rollout.ts';

/** What is known after one update. */
export interface TrainingProgress<Info = unknown> {
  /** 1 after the first update. */
  readonly update: number;
  /** Of the whole training. */
  readonly updates: number;
  /** Episodes begun so far. */
  readonly episodes: number;
  /** The learner's metrics, and `rollout/ep_rew_mean`, `rollout/ep_len_mean` (NaN where no episode was learnable). */
  readonly metrics: UpdateMetrics;
  readonly rollout: Rollout;
  /** What `reset` and then every `step` returned in this iteration. */
  readonly steps: readonly VectorStep<Info>[];
}

/**
 * Trains for a number of updates. Each iteration resets the environment with its own seed, plays every row to its end
 * and updates once; iteration i depends on `random` and i alone. Throws the signal's reason when aborted, which leaves
 * the learner as it was after the last finished update.
 */
export async function train<Info>(
  environment: VectorEnvironment<Info>,
  learner: Learner,
  options: {
    /** Positive integer. */
    readonly updates: number;
    readonly random: RandomStream;
    /** Awaited after every update. */
    readonly onUpdate?: (progress: TrainingProgress<Info>) => void | Promise<void>;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const { updates, random, onUpdate, signal } = options;
  if (!(Number.isSafeInteger(updates) && updates > 0))
    throw new InvalidArgumentError('updates', 'a positive integer', updates);
  for (let update = 1; update <= updates; update++) {
    signal?.throwIfAborted();
    const iteration = random.split(update);
    const { rollout, steps } = await collectRollout(environment, learner, {
      random: iteration.split('actions'),
      seed: iteration.split('tasks').bits(),
      ...(signal === undefined ? {} : { signal }),
    });
    signal?.throwIfAborted();
    const learnerMetrics = await learner.update(rollout);
    const metrics = { ...computeEpisodeMetrics(rollout), ...learnerMetrics };
    await onUpdate?.({ update, updates, episodes: update * rollout.batchSize, metrics, rollout, steps });
  }
}

/** Means over the episodes in which every step carried a reward. */
function computeEpisodeMetrics({ batchSize, steps }: Rollout): UpdateMetrics {
  let episodes = 0;
  let totalReward = 0;
  let totalLength = 0;
  for (let row = 0; row < batchSize; row++) {
    const active = steps.filter((step) => step.active[row] === 1);
    if (active.length === 0 || active.some((step) => step.learnable[row] === 0)) continue;
    episodes += 1;
    totalLength += active.length;
    for (const step of active) totalReward += step.rewards[row]!;
  }
  return { 'rollout/ep_rew_mean': totalReward / episodes, 'rollout/ep_len_mean': totalLength / episodes };
}
