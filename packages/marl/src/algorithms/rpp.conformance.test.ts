import { createRandomStream } from '@rppkit/spec';
import { describeLearner } from '@rppkit/spec/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll } from 'vitest';
import { createRppLearner } from './rpp.ts';

beforeAll(() => tf.setBackend('cpu'));

const space = { agents: ['role', 'history'], observationSize: 3, stateSize: 4, actionCounts: { role: 2, history: 5 } };

describeLearner({
  name: 'RPP',
  stateSize: space.stateSize,
  create: async () => ({ learner: createRppLearner(space, { random: createRandomStream(1) }) }),
});
