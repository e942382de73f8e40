import {
  type JointActions,
  type RandomStream,
  sampleIndex,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';

/** A legal action for every agent and row, uniformly at random. */
export function sampleActions(environment: VectorEnvironment, step: VectorStep, random: RandomStream): JointActions {
  return Object.fromEntries(
    environment.agents.map((agent) => {
      const count = environment.actionCounts[agent]!;
      const sample = (row: number): number => {
        const mask = step.actionMasks?.[agent]?.subarray(row * count, (row + 1) * count);
        return mask === undefined ? random.integer(count) : sampleIndex(random, mask);
      };
      return [agent, Int32Array.from({ length: environment.batchSize }, (_, row) => sample(row))];
    }),
  );
}
