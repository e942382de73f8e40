import { createRandomStream } from '@rppkit/spec';
import { describeLearner } from '@rppkit/spec/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll } from 'vitest';
import { createQmix } from './qmix.ts';

beforeAll(() => tf.setBackend('cpu'));

const space = { agents: ['role', 'history'], observationSize: 3, stateSize: 4, actionCounts: { role: 2, history: 5 } };

describeLearner({
  name: 'QMIX',
  stateSize: space.stateSize,
  create: async () => ({
    // A constant rate of exploration, so that only what was learned can change the probabilities.
    learner: createQmix(space, { random: createRandomStream(1), hiddenSizes: [8], epsilon: 0.2 }),
  }),
});
