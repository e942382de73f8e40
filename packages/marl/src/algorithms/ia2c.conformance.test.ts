import { createRandomStream } from '@rppkit/spec';
import { describeLearner } from '@rppkit/spec/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll } from 'vitest';
import { createIa2c } from './ia2c.ts';

beforeAll(() => tf.setBackend('cpu'));

const space = { agents: ['role', 'history'], observationSize: 3, stateSize: 4, actionCounts: { role: 2, history: 5 } };

describeLearner({
  name: 'IA2C',
  stateSize: space.stateSize,
  create: async () => ({ learner: createIa2c(space, { random: createRandomStream(1), hiddenSizes: [8] }) }),
});
