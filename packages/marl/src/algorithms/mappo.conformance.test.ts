import { createRandomStream } from '@rppkit/spec';
import { describeLearner } from '@rppkit/spec/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll } from 'vitest';
import { createMappo } from './mappo.ts';

beforeAll(() => tf.setBackend('cpu'));

const space = { agents: ['role', 'history'], observationSize: 3, stateSize: 4, actionCounts: { role: 2, history: 5 } };

describeLearner({
  name: 'MAPPO',
  stateSize: space.stateSize,
  create: async () => ({
    learner: createMappo(space, { random: createRandomStream(1), hiddenSizes: [8], minibatches: 2, targetKl: 0.05 }),
  }),
});
