import type { Learner, Rollout, RolloutStep } from '../learner.ts';
import { createRandomStream, type RandomStream } from '../random-stream.ts';

/** Standard normal observations, `Float32Array [rows, observationSize]`. */
export function sampleObservations(learner: Learner, rows: number, random: RandomStream): Float32Array {
  return Float32Array.from({ length: rows * learner.observationSize }, () => random.normal());
}

/** Two steps of a batch in which the learner itself acted; every row terminates after the second. */
export function createExampleRollout(options: {
  readonly learner: Learner;
  readonly stateSize: number;
  readonly batch: number;
  /** For every row and step. */
  readonly learnable: 0 | 1;
}): Rollout {
  const { learner, stateSize, batch, learnable } = options;
  const random = createRandomStream('example rollout');
  const sampleState = (): Float32Array => Float32Array.from({ length: batch * stateSize }, () => random.normal());
  const createStep = (last: boolean): RolloutStep => {
    const observations = sampleObservations(learner, batch, random);
    const { actions, logProbabilities } = learner.act(observations, { deterministic: false, random });
    return {
      observations,
      state: sampleState(),
      actions,
      logProbabilities,
      rewards: Float32Array.from({ length: batch }, () => random.uniform()),
      terminated: new Uint8Array(batch).fill(last ? 1 : 0),
      truncated: new Uint8Array(batch),
      active: new Uint8Array(batch).fill(1),
      learnable: new Uint8Array(batch).fill(learnable),
    };
  };
  const steps = [createStep(false), createStep(true)];
  return {
    batchSize: batch,
    steps,
    finalObservations: sampleObservations(learner, batch, random),
    finalState: sampleState(),
  };
}
