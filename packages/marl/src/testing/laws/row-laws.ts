import { deepStrictEqual } from 'node:assert/strict';
import { createRandomStream, type Rollout, type RolloutStep } from '@rppkit/spec';
import { createLawRollout, createLawStep, lawBatch, sampleRows } from './law-rollout.ts';
import { type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';

/** Rows without a reward take no part. */
export const rowLaws: readonly LearnerLaw[] = [
  {
    name: 'learns nothing from a rollout without a learnable row',
    backends: ['cpu'],
    async run(subject) {
      const learner = subject.create(lawSpace, { random: createRandomStream('learner'), ...lawNetworks.plain });
      await learner.update(createLawRollout(learner, lawSpace, createRandomStream('first')));
      const before = structuredClone(learner.save());
      const rollout = createLawRollout(learner, lawSpace, createRandomStream('rows'));
      for (const without of ['learnable', 'active'] as const) {
        const steps = rollout.steps.map((step) => ({ ...step, [without]: new Uint8Array(lawBatch) }));
        const metrics = await learner.update({ ...rollout, steps });
        deepStrictEqual(metrics, { 'train/n_updates': 1, 'train/usable_rows': 0 });
        deepStrictEqual(learner.save(), before, `after a rollout in which ${without} is 0`);
      }
      learner.dispose();
    },
  },
  {
    name: 'learns from the other rows as if rows that are inactive or not learnable were absent, even where they hold NaN',
    backends: ['cpu'],
    async run(subject) {
      const options = { random: createRandomStream('learner'), ...lawNetworks.together };
      const whole = subject.create(lawSpace, options);
      const part = subject.create(lawSpace, options);
      const random = createRandomStream('spoiled');
      for (let update = 0; update < 2; update++) {
        const rollout = createOneStep(createLawStep(part, lawSpace, random), sampleRows(lawSpace, random));
        const figures = await part.update(rollout);
        deepStrictEqual(await whole.update(addSpoiledRows(rollout)), figures);
        deepStrictEqual(whole.save(), part.save());
      }
      whole.dispose();
      part.dispose();
    },
  },
];

/** Row 0 terminates, row 1 is truncated, the others run on. */
function createOneStep(
  step: RolloutStep,
  { observations, state }: { readonly observations: Float32Array; readonly state: Float32Array },
): Rollout {
  return {
    batchSize: lawBatch,
    steps: [{ ...step, terminated: Uint8Array.of(1, 0, 0, 0, 0, 0), truncated: Uint8Array.of(0, 1, 0, 0, 0, 0) }],
    finalObservations: observations,
    finalState: state,
  };
}

/** Each row between one that is not learnable and one that is inactive, which hold what cannot be used. */
function addSpoiledRows(rollout: Rollout): Rollout {
  const step = rollout.steps[0]!;
  const spread = <Values extends Float32Array | Int32Array | Uint8Array>(
    values: Values,
    before: number,
    after = before,
  ): Values => {
    const width = values.length / rollout.batchSize;
    const Constructor = values.constructor as new (length: number) => Values;
    const result = new Constructor(3 * values.length);
    for (let row = 0; row < rollout.batchSize; row++) {
      const at = 3 * row * width;
      result.fill(before, at, at + width);
      result.set(values.subarray(row * width, (row + 1) * width), at + width);
      result.fill(after, at + 2 * width, at + 3 * width);
    }
    return result;
  };
  const spreadAll = <Values extends Float32Array | Int32Array | Uint8Array>(
    byAgent: Readonly<Record<string, Values>>,
    content: number,
  ): Record<string, Values> =>
    Object.fromEntries(Object.entries(byAgent).map(([agent, values]) => [agent, spread(values, content)]));
  return {
    batchSize: 3 * rollout.batchSize,
    steps: [
      {
        observations: spread(step.observations, Number.NaN),
        state: spread(step.state, Number.NaN),
        actionMasks: spreadAll(step.actionMasks!, 0),
        actions: spreadAll(step.actions, -1),
        logProbabilities: spreadAll(step.logProbabilities, Number.NaN),
        rewards: spread(step.rewards, Number.NaN),
        terminated: spread(step.terminated, 0, 1),
        truncated: spread(step.truncated, 1, 0),
        active: spread(step.active, 1, 0),
        learnable: spread(step.learnable, 0, 1),
      },
    ],
    finalObservations: spread(rollout.finalObservations, Number.NaN),
    finalState: spread(rollout.finalState, Number.NaN),
  };
}
