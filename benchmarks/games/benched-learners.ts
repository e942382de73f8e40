import {
  createComa,
  createIa2c,
  createIppo,
  createMaa2c,
  createMappo,
  createQmix,
  createReference,
  createRppLearner,
  createVdn,
  type LearningSpace,
  type MarlLearner,
  type Schedule,
} from '@rppkit/marl';
import type { RandomStream } from '@rppkit/spec';

/** What a game may ask of learners of values, beside their defaults. */
export interface ValueSettings {
  readonly epsilon?: Schedule;
  readonly learningRate?: Schedule;
}

type CreateLearner = (
  space: LearningSpace,
  options: { readonly random: RandomStream; readonly values: ValueSettings },
) => MarlLearner;

/** Every learner by name, with its defaults. */
export const benchedLearners: Readonly<Record<string, CreateLearner>> = {
  maa2c: (space, { random }) => createMaa2c(space, { random }),
  ia2c: (space, { random }) => createIa2c(space, { random }),
  mappo: (space, { random }) => createMappo(space, { random }),
  ippo: (space, { random }) => createIppo(space, { random }),
  coma: (space, { random }) => createComa(space, { random }),
  vdn: (space, { random, values }) => createVdn(space, { random, ...values }),
  qmix: (space, { random, values }) => createQmix(space, { random, ...values }),
  rpp: (space, { random }) => createRppLearner(space, { random }),
  reference: (space, { random }) => createReference(space, { random }),
};
