import { expect } from 'vitest';
import type { JointActions, VectorEnvironment, VectorStep } from '../vector-environment.ts';

const longestEpisode = 1000;

/** Steps from reset to the end, each row taking its first legal action; rows that have ended are sent -1. */
export async function runEpisode(environment: VectorEnvironment, seed: number): Promise<VectorStep[]> {
  let step = await environment.reset({ seed });
  const steps = [step];
  const ended = new Uint8Array(environment.batchSize);
  while (ended.includes(0)) {
    if (steps.length > longestEpisode) expect.fail(`an episode ends within ${longestEpisode} steps`);
    step = await environment.step(chooseFirstLegal(environment, step, ended));
    steps.push(step);
    markEnded(ended, step);
  }
  return steps;
}

/** The first legal action of every agent and row; -1 where `ended` is 1. */
export function chooseFirstLegal(environment: VectorEnvironment, step: VectorStep, ended?: Uint8Array): JointActions {
  const choose = (agent: string, row: number): number => {
    if (ended?.[row] === 1) return -1;
    const count = environment.actionCounts[agent]!;
    return step.actionMasks?.[agent]?.subarray(row * count, (row + 1) * count).indexOf(1) ?? 0;
  };
  const { agents, batchSize } = environment;
  return Object.fromEntries(
    agents.map((agent) => [agent, Int32Array.from({ length: batchSize }, (_, row) => choose(agent, row))]),
  );
}

/** Sets `ended` to 1 for rows that ended in `step`. */
export function markEnded(ended: Uint8Array, step: VectorStep): void {
  for (let row = 0; row < ended.length; row++) {
    if (step.terminated[row] === 1 || step.truncated[row] === 1) ended[row] = 1;
  }
}

/** The numbers of a step, copied. Infos are left out: they may hold times. */
export function copyStep(step: VectorStep): Readonly<Record<string, unknown>> {
  const { observations, state, rewards, terminated, truncated, active, learnable, actionMasks } = step;
  return structuredClone({ observations, state, rewards, terminated, truncated, active, learnable, actionMasks });
}
