import type { Learner, Rollout, RolloutStep } from '../learner.ts';
import { createRandomStream, type RandomStream } from '../random-stream.ts';

/** Standard normal observations, `Float32Array [rows, observationSize]`. */
export function sampleObservations(learner: Learner, rows: number, random: RandomStream): Float32Array {
  return Float32Array.from({ length: rows * learner.observationSize }, () => random.normal());
}

/** Random masks with at least one legal action a row, `Uint8Array [rows, actionCount]` by agent. */
export function sampleMasks(learner: Learner, rows: number, random: RandomStream): Record<string, Uint8Array> {
  const masks: Record<string, Uint8Array> = {};
  for (const agent of learner.agents) {
    const count = learner.actionCounts[agent]!;
    const mask = Uint8Array.from({ length: rows * count }, () => random.integer(2));
    for (let row = 0; row < rows; row++) mask[row * count + random.integer(count)] = 1;
    masks[agent] = mask;
  }
  return masks;
}

/** A few steps of a batch in which the learner itself acted; every row terminates after the last. */
export function createExampleRollout(options: {
  readonly learner: Learner;
  readonly stateSize: number;
  readonly batch: number;
  /** Default 2. */
  readonly steps?: number;
  /** For every row and step. */
  readonly learnable: 0 | 1;
  /** Random masks in every step. Default false. */
  readonly masked?: boolean;
}): Rollout {
  const { learner, stateSize, batch, steps: count = 2, learnable, masked = false } = options;
  const random = createRandomStream('example rollout');
  const sampleState = (): Float32Array => Float32Array.from({ length: batch * stateSize }, () => random.normal());
  const createStep = (last: boolean): RolloutStep => {
    const observations = sampleObservations(learner, batch, random);
    const masks = masked ? sampleMasks(learner, batch, random) : undefined;
    const { actions, logProbabilities } = learner.act(observations, {
      deterministic: false,
      random,
      ...(masks && { masks }),
    });
    return {
      observations,
      state: sampleState(),
      ...(masks && { actionMasks: masks }),
      actions,
      logProbabilities,
      rewards: Float32Array.from({ length: batch }, () => random.uniform()),
      terminated: new Uint8Array(batch).fill(last ? 1 : 0),
      truncated: new Uint8Array(batch),
      active: new Uint8Array(batch).fill(1),
      learnable: new Uint8Array(batch).fill(learnable),
    };
  };
  const steps = Array.from({ length: count }, (_, index) => createStep(index === count - 1));
  return {
    batchSize: batch,
    steps,
    finalObservations: sampleObservations(learner, batch, random),
    finalState: sampleState(),
  };
}

/**
 * A rollout of one or two steps with some rows not learnable, as after failed calls: their rewards and, where no learnable row
 * bootstraps from them, their observations and states hold `content`.
 */
export function spoilRows(rollout: Rollout, content: number): Rollout {
  const { batchSize } = rollout;
  // Row 0 fails in the first step only, row 1 in both, row 2 in the second only. The others never fail.
  const failed = [
    [0, 1],
    [1, 2],
  ];
  return {
    ...rollout,
    steps: rollout.steps.map((step, index) => {
      const rows = failed[index]!;
      const unread = index === 0 ? rows : rows.filter((row) => failed[index - 1]!.includes(row));
      return {
        ...step,
        observations: fillRows(step.observations, batchSize, unread, content),
        state: fillRows(step.state, batchSize, unread, content),
        rewards: fillRows(step.rewards, batchSize, rows, content),
        learnable: step.learnable.map((value, row) => (rows.includes(row) ? 0 : value)),
      };
    }),
  };
}

function fillRows(values: Float32Array, batchSize: number, rows: readonly number[], content: number): Float32Array {
  const width = values.length / batchSize;
  const filled = values.slice();
  for (const row of rows) filled.fill(content, row * width, (row + 1) * width);
  return filled;
}
