import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import type { MarlLearner } from '../../learner/create-learner.ts';
import { ParameterGroup } from '../../optimization/parameter-group.ts';
import { createLawRollout } from './law-rollout.ts';
import { type LawSubject, type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';

/** Tensors are freed, and an update that fails leaves no trace. */
export const memoryLaws: readonly LearnerLaw[] = [
  {
    name: 'keeps no tensor of 100 updates and acts, of widening, saving and loading, and none at all once disposed',
    backends: ['cpu'],
    run: (subject) => assertNoLeak(subject, lawNetworks.plain, 100),
  },
  {
    name: 'keeps no tensor of networks of every kind',
    backends: ['cpu'],
    run: (subject) => assertNoLeak(subject, lawNetworks.together, 3),
  },
  {
    name: 'stays as it was, without a leak, where gradients overflow, and goes on as if nothing had happened',
    backends: ['cpu'],
    aboutGradients: true,
    async run(subject) {
      const random = createRandomStream('overflow');
      await assertTraceless(subject, async (learner) => {
        const rollout = createLawRollout(learner, lawSpace, random);
        // Powers of 1e30 are beyond float32.
        await rejects(learner.update(multiply(rollout, 1e30)), { code: 'NON_FINITE_GRADIENT' });
      });
    },
  },
  {
    name: 'stays as it was, without a leak, where an update fails after its last step',
    backends: ['cpu'],
    aboutGradients: true,
    async run(subject) {
      const random = createRandomStream('last step');
      await assertTraceless(subject, async (learner) => {
        const rollout = createLawRollout(learner, lawSpace, random);
        const twin = await createTrained(subject);
        const steps = await countSteps(() => twin.update(rollout));
        twin.dispose();
        await countSteps(
          () => rejects(learner.update(rollout), /after the last step/),
          (step) => {
            if (step === steps) throw new Error('after the last step');
          },
        );
      });
    },
  },
];

async function assertNoLeak(subject: LawSubject, networks: object, updates: number): Promise<void> {
  const random = createRandomStream('leaks');
  const { numTensors: before, numDataBuffers } = tf.memory();
  const learner = subject.create(lawSpace, { random: createRandomStream('learner'), ...networks });
  // Plays and learns; the rollout is made of three acts.
  const step = async (): Promise<void> => {
    await learner.update(createLawRollout(learner, lawSpace, random));
  };
  await step();
  const started = tf.memory().numTensors;
  for (let update = 0; update < updates; update++) await step();
  strictEqual(tf.memory().numTensors, started, `after ${updates} updates`);
  for (const agent of learner.agents) learner.widen({ agent, parent: 1 });
  strictEqual(tf.memory().numTensors, started, 'after widening');
  await step();
  strictEqual(tf.memory().numTensors, started, 'after an update behind widening');
  learner.load(structuredClone(learner.save()));
  strictEqual(tf.memory().numTensors, started, 'after saving and loading');
  learner.exportNetworks();
  strictEqual(tf.memory().numTensors, started, 'after exporting');
  learner.dispose();
  learner.dispose();
  strictEqual(tf.memory().numTensors, before, 'once disposed');
  strictEqual(tf.memory().numDataBuffers, numDataBuffers, 'buffers once disposed');
}

/** Two learners alike, one of which goes through a failing update: they stay alike. */
async function assertTraceless(subject: LawSubject, fail: (learner: MarlLearner) => Promise<void>): Promise<void> {
  const learner = await createTrained(subject);
  const twin = await createTrained(subject);
  const before = structuredClone(learner.save());
  const tensors = tf.memory().numTensors;
  await fail(learner);
  strictEqual(tf.memory().numTensors, tensors, 'after a failed update');
  deepStrictEqual(learner.save(), before);
  const rollout = createLawRollout(twin, lawSpace, createRandomStream('next'));
  deepStrictEqual(await learner.update(rollout), await twin.update(rollout));
  deepStrictEqual(learner.save(), twin.save());
  learner.dispose();
  twin.dispose();
}

/** A learner after one update. */
async function createTrained(subject: LawSubject): Promise<MarlLearner> {
  const learner = subject.create(lawSpace, { random: createRandomStream('learner'), ...lawNetworks.plain });
  await learner.update(createLawRollout(learner, lawSpace, createRandomStream('first')));
  strictEqual(learner.save().updates, 1);
  return learner;
}

/** Counts optimiser steps while `run` runs; `onStep` is called after each, with its number. */
async function countSteps(run: () => Promise<unknown>, onStep: (step: number) => void = () => {}): Promise<number> {
  const { step } = ParameterGroup.prototype;
  let count = 0;
  ParameterGroup.prototype.step = function (...given): number {
    const result = step.apply(this, given);
    count += 1;
    onStep(count);
    return result;
  };
  try {
    await run();
  } finally {
    ParameterGroup.prototype.step = step;
  }
  return count;
}

function multiply(rollout: Rollout, factor: number): Rollout {
  const scale = (values: Float32Array): Float32Array => values.map((value) => value * factor);
  return {
    ...rollout,
    steps: rollout.steps.map((step) => ({
      ...step,
      observations: scale(step.observations),
      state: scale(step.state),
      rewards: scale(step.rewards),
    })),
    finalObservations: scale(rollout.finalObservations),
    finalState: scale(rollout.finalState),
  };
}
