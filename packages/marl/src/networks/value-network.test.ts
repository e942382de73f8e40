import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { setVariables } from '../testing/golden-network.ts';
import { resolveNetworkOptions } from './agent-networks.ts';
import { computeValues, createCentralCritic, createIndependentCritics } from './value-network.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 2, stateSize: 3, actionCounts: { role: 3, format: 2 } };
const linear = resolveNetworkOptions({ hiddenSizes: [] });

describe('critics', () => {
  it('read the state where there is one for all', () => {
    const critic = createCentralCritic(space, linear, createRandomStream(1));
    setVariables(critic, [[1, 10, 100], [0.5]]);
    const values = computeValues(critic, Float32Array.of(1, 2, 3, 4, 5, 6), 3);
    expect(values).toEqual([Float32Array.of(321.5, 654.5)]);
  });

  it('read the observation where each agent has its own', () => {
    const critics = createIndependentCritics(space, linear, createRandomStream(1));
    setVariables(critics, [[1, 10], [0], [2, 0], [-1]]);
    const values = computeValues(critics, Float32Array.of(1, 2, 3, 4), 2);
    expect(values).toEqual([Float32Array.of(21, 43), Float32Array.of(1, 5)]);
  });
});
