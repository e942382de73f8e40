import type { Rollout } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';

/** Agents and sizes of all golden files of algorithms. */
export const goldenSpace: LearningSpace = {
  agents: ['a', 'b'],
  observationSize: 3,
  stateSize: 2,
  actionCounts: { a: 2, b: 3 },
};

type Values = readonly number[];
interface PerAgent {
  readonly a: Values;
  readonly b: Values;
}

/** The rollout of a golden file. What the script left out because nothing reads it is 0. */
export interface GoldenRollout {
  readonly steps: readonly {
    readonly observations: Values;
    readonly state: Values;
    readonly actionMasks: PerAgent;
    readonly actions: PerAgent;
    readonly logProbabilities?: PerAgent;
    readonly rewards: Values;
    readonly terminated: Values;
    readonly truncated: Values;
    readonly active: Values;
    readonly learnable: Values;
  }[];
  readonly finalObservations?: Values;
  readonly finalState?: Values;
}

/** Reads a golden rollout into the arrays that learners take. */
export function readGoldenRollout({ steps, finalObservations, finalState }: GoldenRollout): Rollout {
  const batchSize = steps[0]!.rewards.length;
  const readValues = (values: Values | undefined, width: number): Float32Array =>
    values === undefined ? new Float32Array(batchSize * width) : Float32Array.from(values);
  return {
    batchSize,
    steps: steps.map((step) => ({
      observations: Float32Array.from(step.observations),
      state: Float32Array.from(step.state),
      actionMasks: { a: Uint8Array.from(step.actionMasks.a), b: Uint8Array.from(step.actionMasks.b) },
      actions: { a: Int32Array.from(step.actions.a), b: Int32Array.from(step.actions.b) },
      logProbabilities: {
        a: readValues(step.logProbabilities?.a, 1),
        b: readValues(step.logProbabilities?.b, 1),
      },
      rewards: Float32Array.from(step.rewards),
      terminated: Uint8Array.from(step.terminated),
      truncated: Uint8Array.from(step.truncated),
      active: Uint8Array.from(step.active),
      learnable: Uint8Array.from(step.learnable),
    })),
    finalObservations: readValues(finalObservations, goldenSpace.observationSize),
    finalState: readValues(finalState, goldenSpace.stateSize),
  };
}
