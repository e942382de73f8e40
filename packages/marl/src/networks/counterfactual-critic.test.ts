import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type JointActions } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { expectClose } from '../testing/expect-close.ts';
import { type NetworkOptions, resolveNetworkOptions } from './agent-networks.ts';
import { CounterfactualCritic } from './counterfactual-critic.ts';
import type { OnReplace } from './network.ts';

const space = {
  agents: ['a', 'b', 'c'],
  observationSize: 6,
  observationLayout: [
    { name: 'user', offset: 0, shape: [2] },
    { name: 'ranking', offset: 2, shape: [2, 2] },
  ],
  stateSize: 7,
  actionCounts: { a: 2, b: 3, c: 2 },
};
const architectures: readonly (readonly [string, NetworkOptions])[] = [
  ['networks of their own', { hiddenSizes: [5, 4] }],
  ['shared layers', { hiddenSizes: [5, 4], shareParameters: true }],
  ['linear networks', { hiddenSizes: [] }],
  ['layer normalisation', { hiddenSizes: [5], layerNorm: true }],
  ['a recurrent block', { hiddenSizes: [5], recurrent: { block: 'ranking', hidden: 3 } }],
  [
    'a recurrent block and shared layers',
    { hiddenSizes: [5], shareParameters: true, recurrent: { block: 'ranking', hidden: 3 } },
  ],
];
/** Every variable, also the biases that start at 0, holds something. */
const createCritic = (options: NetworkOptions): CounterfactualCritic => {
  const critic = new CounterfactualCritic(space, resolveNetworkOptions(options), createRandomStream(3));
  const random = createRandomStream('variables');
  tf.tidy(() => {
    for (const variable of critic.variables) {
      const values = Float32Array.from({ length: variable.size }, () => random.uniform() - 0.2);
      variable.assign(tf.tensor(values, variable.shape));
    }
  });
  return critic;
};

/** Every joint action once, so that row 6 a + 2 b + c holds (a, b, c). */
const jointActions: JointActions = {
  a: Int32Array.from({ length: 12 }, (_, row) => Math.floor(row / 6)),
  b: Int32Array.from({ length: 12 }, (_, row) => Math.floor(row / 2) % 3),
  c: Int32Array.from({ length: 12 }, (_, row) => row % 2),
};
/** For each agent the values of all rows, one array a row; the same state in all rows. */
const valuesOf = (critic: CounterfactualCritic, actions: JointActions = jointActions): number[][][] => {
  const random = createRandomStream('state');
  const state = Array.from({ length: space.stateSize }, () => random.uniform());
  return tf.tidy(() => {
    const states = tf.tensor2d(Array.from({ length: actions['a']!.length }, () => state));
    return critic.apply(states, actions).map((values) => values.arraySync());
  });
};
describe.each(['cpu', 'wasm'] as const)('CounterfactualCritic on %s', (backend) => {
  beforeEach(async () => {
    await selectBackend([backend]);
  });

  describe.each(architectures)('with %s', (_, options) => {
    it('gives each agent values that depend on the actions of all others, and not on its own', () => {
      const critic = createCritic(options);
      const [a, b, c] = valuesOf(critic) as [number[][], number[][], number[][]];
      expect([a[0]!.length, b[0]!.length, c[0]!.length]).toEqual([2, 3, 2]);
      // Rows of the same actions of the others.
      expectClose(a[6]!, a[0]!, 1e-5);
      expectClose(b[2]!, b[0]!, 1e-5);
      expectClose(b[11]!, b[7]!, 1e-5);
      expectClose(c[1]!, c[0]!, 1e-5);
      // Rows of other actions of one of them.
      const distance = (one: readonly number[], other: readonly number[]): number =>
        Math.max(...one.map((value, index) => Math.abs(value - other[index]!)));
      for (const [one, other] of [
        [a[0], a[2]],
        [a[0], a[1]],
        [b[0], b[6]],
        [b[0], b[1]],
        [c[0], c[6]],
        [c[0], c[4]],
      ] as const) {
        expect(distance(one!, other!)).toBeGreaterThan(0.01);
      }
      critic.dispose();
    });

    it.each([
      ['a', 1],
      ['b', 0],
      ['c', 1],
    ] as const)(
      'widens agent %s: old joint actions keep their values, a child is worth its parent',
      (agent, parent) => {
        const { numTensors } = tf.memory();
        const critic = createCritic(options);
        const created = tf.memory().numTensors;
        const before = valuesOf(critic);
        // As an optimiser follows: each variable by the one that took its place.
        const followed = new Set(critic.variables);
        const onReplace: OnReplace = (previous, next, change) => {
          expect(followed.delete(previous)).toBe(true);
          followed.add(next);
          expect(tf.tidy(() => change(previous).shape)).toEqual(next.shape);
        };
        critic.widen(agent, parent, onReplace);
        // Another agent is widened after it, so that blocks have moved.
        critic.widen('a', 0, onReplace);
        const i = space.agents.indexOf(agent);
        const after = valuesOf(critic);
        for (const [j, rows] of before.entries()) {
          const count = rows[0]!.length;
          for (const [row, old] of rows.entries()) expectClose(after[j]![row]!.slice(0, count), old, 1e-5);
        }
        for (const row of after[i]!) expectClose([row[before[i]![0]!.length]!], [row[parent]!], 1e-5);
        const child = space.actionCounts[agent];
        const childActions = { ...jointActions, [agent]: new Int32Array(12).fill(child) };
        const parentActions = { ...jointActions, [agent]: new Int32Array(12).fill(parent) };
        const withParent = valuesOf(critic, parentActions);
        for (const [j, rows] of valuesOf(critic, childActions).entries()) {
          for (const [row, values] of rows.entries()) expectClose(values, withParent[j]![row]!, 1e-5);
        }
        expect(critic.variables.every((variable) => followed.delete(variable))).toBe(true);
        expect(followed.size).toBe(0);
        expect(tf.memory().numTensors).toBe(created);
        critic.dispose();
        expect(tf.memory().numTensors).toBe(numTensors);
      },
    );

    it('starts near 0 and the same for the same stream', () => {
      const create = (): CounterfactualCritic =>
        new CounterfactualCritic(space, resolveNetworkOptions(options), createRandomStream(1));
      const [first, second] = [create(), create()];
      const values = valuesOf(first);
      expect(valuesOf(second)).toEqual(values);
      expect(Math.max(...values.flat(2).map(Math.abs))).toBeLessThan(0.1);
      first.dispose();
      second.dispose();
    });

    it('names every variable, and each has a gradient', () => {
      const critic = createCritic(options);
      expect(new Set(critic.names).size).toBe(critic.variables.length);
      tf.tidy(() => {
        const states = tf.ones<tf.Rank.R2>([12, space.stateSize]);
        const { grads } = tf.variableGrads(
          () => tf.addN(critic.apply(states, jointActions).map((values) => values.square().sum())).asScalar(),
          [...critic.variables],
        );
        for (const [index, { name, shape }] of critic.variables.entries()) {
          expect(grads[name]!.shape, critic.names[index]).toEqual(shape);
          expect(grads[name]!.abs().sum().arraySync(), critic.names[index]).toBeGreaterThan(0);
        }
      });
      critic.dispose();
    });
  });
});
