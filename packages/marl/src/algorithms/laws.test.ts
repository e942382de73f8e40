import { selectBackend } from '@rppkit/backend';
import { beforeEach, describe, it } from 'vitest';
import type { LawBackend, LawSubject } from '../testing/laws/law-subject.ts';
import { learnerLaws } from '../testing/learner-laws.ts';
import { createComa } from './coma.ts';
import { createIa2c } from './ia2c.ts';
import { createIppo } from './ippo.ts';
import { createMaa2c } from './maa2c.ts';
import { createMappo } from './mappo.ts';
import { createQmix } from './qmix.ts';
import { createReference } from './reference.ts';
import { createRppLearner } from './rpp.ts';
import { createVdn } from './vdn.ts';

const actorCritic = {
  actorLearningRate: { from: 0.02, to: 0.005, updates: 4 },
  criticLearningRate: { from: 0.03, to: 0.01, updates: 3 },
  entropyCoefficient: { from: 0.2, to: 0.1, updates: 2 },
};
const ppo = { ...actorCritic, epochs: 2, minibatches: 2 };
// A memory that forgets, and batches smaller than it.
const value = {
  learningRate: { from: 0.02, to: 0.005, updates: 4 },
  epsilon: { from: 0.5, to: 0.1, updates: 3 },
  replayCapacity: 24,
  batchSize: 7,
  gradientSteps: 2,
  targetUpdate: { every: 2 },
};

/** One line a learner; `create` sets whatever may move with the number of updates. */
const subjects: readonly LawSubject[] = [
  { name: 'ia2c', create: (space, options) => createIa2c(space, { ...actorCritic, gaeLambda: 0.9, ...options }) },
  { name: 'maa2c', create: (space, options) => createMaa2c(space, { ...actorCritic, gaeLambda: 0.9, ...options }) },
  { name: 'ippo', create: (space, options) => createIppo(space, { ...ppo, ...options }) },
  { name: 'mappo', create: (space, options) => createMappo(space, { ...ppo, ...options }) },
  {
    name: 'coma',
    create: (space, options) => createComa(space, { ...actorCritic, targetUpdate: { rate: 0.1 }, ...options }),
    readsActions: (name) => /^(critic|target)\/[^/]+\/hidden\/0\/kernel\b/.test(name),
  },
  { name: 'vdn', create: (space, options) => createVdn(space, { ...value, ...options }) },
  { name: 'qmix', create: (space, options) => createQmix(space, { ...value, mixingUnits: 5, ...options }) },
  // Its actors are linear: options of networks say nothing to it.
  { name: 'rpp', create: (space, { random }) => createRppLearner(space, { random }), withoutGradients: true },
  { name: 'reference', create: (space, options) => createReference(space, { ...actorCritic, ...options }) },
];

const useBackend = async (name: LawBackend): Promise<void> => {
  await selectBackend([name]);
};

describe.each(subjects)('the laws of learners: $name', (subject) => {
  for (const backend of ['cpu', 'wasm'] as const) {
    describe(`on ${backend}`, () => {
      beforeEach(() => useBackend(backend));
      const laws = learnerLaws.filter(
        ({ backends, aboutGradients }) => backends.includes(backend) && !(aboutGradients && subject.withoutGradients),
      );
      for (const law of laws) {
        it(law.name, () => law.run(subject, useBackend));
      }
    });
  }
});
