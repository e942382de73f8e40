import { selectBackend } from '@rppkit/backend';
import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LearningSpace } from '../learner/learning-space.ts';
import { expectClose } from '../testing/expect-close.ts';
import { AgentNetworks, type NetworkOptions, resolveNetworkOptions } from './agent-networks.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space: LearningSpace = {
  agents: ['role', 'format'],
  observationSize: 8,
  observationLayout: [
    { name: 'user', offset: 0, shape: [2] },
    { name: 'ranking', offset: 2, shape: [3, 2] },
  ],
  stateSize: 8,
  actionCounts: { role: 3, format: 2 },
};
const everything = {
  hiddenSizes: [4, 4],
  layerNorm: true,
  shareParameters: true,
  recurrent: { block: 'ranking', hidden: 3 },
};
const create = (options: NetworkOptions = {}, inputs = 8): AgentNetworks =>
  new AgentNetworks(space, space.actionCounts, resolveNetworkOptions({ hiddenSizes: [4], ...options }), {
    inputs,
    outputGain: 1,
    random: createRandomStream('networks'),
  });
const stream = createRandomStream('rows');
const rows = Array.from({ length: 5 }, () => Array.from({ length: 8 }, () => stream.normal()));
const apply = (networks: AgentNetworks, input: readonly (readonly number[])[] = rows): number[][] =>
  tf.tidy(() => networks.apply(tf.tensor2d(input.map((row) => [...row]))).map((values) => [...values.dataSync()]));
/** Moves every weight, biases and all, away from where it started. */
const disturb = (networks: AgentNetworks): void => {
  const random = createRandomStream('disturbed');
  tf.tidy(() => {
    for (const variable of networks.variables) {
      const noise = Float32Array.from({ length: variable.size }, () => 0.3 * random.normal());
      variable.assign(variable.add(tf.tensor(noise, variable.shape)));
    }
  });
};
const find = (networks: AgentNetworks, name: string): tf.Variable => networks.variables[networks.names.indexOf(name)]!;
/** Which variables one agent's outputs depend on, by name. */
const computeReach = (networks: AgentNetworks, agent: number): Record<string, boolean> => {
  const { variables, names } = networks;
  const { grads } = tf.variableGrads(
    () => networks.apply(tf.tensor2d(rows))[agent]!.square().sum().asScalar(),
    [...variables],
  );
  return Object.fromEntries(
    variables.map((variable, index) => [
      names[index]!,
      grads[variable.name]?.dataSync().some((value) => value !== 0) ?? false,
    ]),
  );
};

describe('AgentNetworks', () => {
  it('gives each agent networks of its own', () => {
    const networks = create();
    expect(networks.names).toEqual([
      'role/hidden/0/kernel',
      'role/hidden/0/bias',
      'role/output/0/kernel',
      'role/output/0/bias',
      'format/hidden/0/kernel',
      'format/hidden/0/bias',
      'format/output/0/kernel',
      'format/output/0/bias',
    ]);
    expect(networks.variables.map(({ shape }) => shape)).toEqual([[8, 4], [4], [4, 3], [3], [8, 4], [4], [4, 2], [2]]);
    const [role, format] = apply(networks);
    expect([role!.length, format!.length]).toEqual([15, 10]);
    for (const [agent, own] of [
      [0, 'role/'],
      [1, 'format/'],
    ] as const) {
      for (const [name, reached] of Object.entries(computeReach(networks, agent))) {
        expect(reached, `${name} moves ${space.agents[agent]}`).toBe(name.startsWith(own));
      }
    }
  });

  it('shares hidden layers and the GRU where asked, but neither the last layers nor a bias of each agent', () => {
    const networks = create(everything);
    expect(networks.names).toEqual([
      ...['kernel', 'recurrent-kernel', 'bias', 'recurrent-bias'].map((part) => `gru/${part}`),
      ...[0, 1].flatMap((layer) => ['kernel', 'bias', 'gain', 'shift'].map((part) => `shared/hidden/${layer}/${part}`)),
      'role/hidden-bias',
      'role/output/0/kernel',
      'role/output/0/bias',
      'format/hidden-bias',
      'format/output/0/kernel',
      'format/output/0/bias',
    ]);
    for (const [agent, other] of [
      [0, 'format/'],
      [1, 'role/'],
    ] as const) {
      for (const [name, reached] of Object.entries(computeReach(networks, agent))) {
        expect(reached, `${name} moves ${space.agents[agent]}`).toBe(!name.startsWith(other));
      }
    }
  });

  it('adds the bias of an agent to what the shared layer gives this agent, and no other', () => {
    const networks = create({ shareParameters: true });
    const [role, format] = apply(networks);
    tf.tidy(() => find(networks, 'format/hidden-bias').assign(tf.tensor1d([1, 2, 3, 4])));
    const [roleAfter, formatAfter] = apply(networks);
    expect(roleAfter).toEqual(role);
    expect(formatAfter).not.toEqual(format);
    // The same as a higher bias of the layer itself.
    tf.tidy(() => {
      find(networks, 'format/hidden-bias').assign(tf.zeros([4]));
      find(networks, 'shared/hidden/0/bias').assign(tf.tensor1d([1, 2, 3, 4]));
    });
    expectClose(apply(networks)[1]!, formatAfter!, 1e-6);
  });

  it('has nothing to share without hidden layers', () => {
    expect(create({ hiddenSizes: [], shareParameters: true }).names).toEqual(create({ hiddenSizes: [] }).names);
  });

  it.each([
    ['plain', {}],
    ['with everything', everything],
  ])('gives a row the same output whatever else is in the batch, %s: there is no batch normalisation', (_, options) => {
    const networks = create(options);
    disturb(networks);
    const together = apply(networks);
    for (const [index, row] of rows.entries()) {
      for (const [agent, values] of apply(networks, [row]).entries()) {
        const count = values.length;
        expectClose(values, together[agent]!.slice(index * count, (index + 1) * count), 1e-6);
      }
    }
  });

  it.each<[string, NetworkOptions]>([
    ['plain', {}],
    ['linear', { hiddenSizes: [] }],
    ['shared', { shareParameters: true }],
    ['with everything', everything],
    ['with a GRU alone', { hiddenSizes: [], recurrent: { block: 'ranking', hidden: 3 } }],
  ])('exports each agent whole: a policy file gives the same logits, %s', (_, options) => {
    const networks = create(options);
    disturb(networks);
    const policy = createPolicy(
      createPolicyFile({
        observationSize: 8,
        networks: networks.exportNetworks(),
        actions: { role: ['a', 'b', 'c'], format: ['d', 'e'] },
      }),
    );
    // Sums of logits of all six joint actions.
    const scores = policy.scoreJointActions(Float32Array.from(rows.flat()));
    const [role, format] = apply(networks);
    const expected = rows.flatMap((_row, row) =>
      [0, 1, 2].flatMap((a) => [0, 1].map((b) => role![row * 3 + a]! + format![row * 2 + b]!)),
    );
    expectClose(scores, expected, 1e-5);
  });

  it('widens one agent alone', () => {
    const networks = create(everything);
    disturb(networks);
    const [role, format] = apply(networks);
    networks.widen('format', 1, 0.25, () => {});
    const [roleAfter, formatAfter] = apply(networks);
    expect(roleAfter).toEqual(role);
    expectClose(
      formatAfter!,
      rows.flatMap((_, row) => [format![2 * row]!, format![2 * row + 1]! - 0.25, format![2 * row + 1]! - 0.25]),
      1e-6,
    );
  });

  it('frees every variable, shared ones once', () => {
    const { numTensors } = tf.memory();
    for (const options of [{}, everything, { hiddenSizes: [] }]) create(options).dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each<[string, NetworkOptions, RegExp]>([
    [
      'a block that the layout lacks',
      { recurrent: { block: 'answers' } },
      /recurrent\.block.*"user \[2\], ranking \[3,2\]"/,
    ],
    ['a block that is no sequence', { recurrent: { block: 'user' } }, /recurrent\.block/],
  ])('refuses %s', (_, options, message) => {
    expect(() => create(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
  });

  it('refuses a block that ends behind the rows', () => {
    expect(() => create(everything, 7)).toThrow(/inside the 7 floats of a row, received "a block up to 8"/);
    const { observationLayout, ...rest } = space;
    expect(observationLayout).toBeDefined();
    expect(
      () =>
        new AgentNetworks(rest, space.actionCounts, resolveNetworkOptions(everything), {
          inputs: 8,
          outputGain: 1,
          random: createRandomStream(1),
        }),
    ).toThrow(/no layout/);
  });
});

describe('resolveNetworkOptions', () => {
  it('fills in the defaults', () => {
    expect(resolveNetworkOptions({})).toEqual({
      hiddenSizes: [64],
      layerNorm: false,
      shareParameters: false,
      recurrent: undefined,
    });
    expect(resolveNetworkOptions({ recurrent: { block: 'ranking' } }).recurrent).toEqual({
      block: 'ranking',
      hidden: 64,
    });
  });

  it.each<[NetworkOptions, string]>([
    [{ hiddenSizes: [8, 0] }, 'hiddenSizes'],
    [{ hiddenSizes: [1.5] }, 'hiddenSizes'],
    [{ recurrent: { block: 'ranking', hidden: -1 } }, 'recurrent.hidden'],
  ])('refuses %o', (options, argument) => {
    expect(() => resolveNetworkOptions(options)).toThrow(expect.objectContaining({ argument }));
  });
});
