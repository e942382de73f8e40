import type { Rollout } from '@rppkit/spec';

/** The episodes of a rollout in which every step carried a reward, in the order of their rows. */
export interface EpisodeOutcomes {
  /** Sum of each episode's rewards. */
  readonly rewards: readonly number[];
  /** Steps of each episode. */
  readonly lengths: readonly number[];
}

/** Reads rewards and lengths of a rollout's episodes; those with a step that failed are left out. */
export function listEpisodeOutcomes({ batchSize, steps }: Rollout): EpisodeOutcomes {
  const rewards: number[] = [];
  const lengths: number[] = [];
  for (let row = 0; row < batchSize; row++) {
    const active = steps.filter((step) => step.active[row] === 1);
    if (active.length === 0 || active.some((step) => step.learnable[row] === 0)) continue;
    rewards.push(active.reduce((sum, step) => sum + step.rewards[row]!, 0));
    lengths.push(active.length);
  }
  return { rewards, lengths };
}

/** Active rows of all steps. */
export function countCalls({ steps }: Rollout): number {
  return steps.reduce((calls, { active }) => calls + active.reduce((sum, flag) => sum + flag, 0), 0);
}

/** NaN where there is none. */
export function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
