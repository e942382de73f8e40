import type { RewardCube } from './reward-cube.ts';

/**
 * Mean reward of each prompt for each task, `Float64Array [tasks, actions]`, over the answered draws of those that `isIn` takes;
 * NaN where none was answered.
 */
export function computeCubeMeans(
  { rewards, draws }: RewardCube,
  isIn: (draw: number) => boolean = () => true,
): Float64Array {
  const taken = Array.from({ length: draws }, (_, draw) => draw).filter(isIn);
  const means = new Float64Array(rewards.length / draws);
  for (let cell = 0; cell < means.length; cell++) {
    let sum = 0;
    let count = 0;
    for (let index = 0; index < taken.length; index++) {
      const reward = rewards[cell * draws + taken[index]!]!;
      if (Number.isNaN(reward)) continue;
      sum += reward;
      count++;
    }
    means[cell] = sum / count;
  }
  return means;
}

/** The action with the best mean over tasks, the first among equals; -1 where none was answered for any of them. */
export function findBestAction(means: Float64Array, actions: number, tasks: readonly number[]): number {
  let best = -1;
  let bestMean = -Infinity;
  for (let action = 0; action < actions; action++) {
    const mean = computeActionMean(means, actions, action, tasks);
    if (mean > bestMean) {
      best = action;
      bestMean = mean;
    }
  }
  return best;
}

/** Mean over the tasks with an answer; NaN without any. */
export function computeActionMean(
  means: Float64Array,
  actions: number,
  action: number,
  tasks: readonly number[],
): number {
  let sum = 0;
  let count = 0;
  for (const task of tasks) {
    const value = means[task * actions + action]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
