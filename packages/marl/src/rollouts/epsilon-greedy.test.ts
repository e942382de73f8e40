import type { AgentLogits } from '@rppkit/policy';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { EpsilonGreedy } from './epsilon-greedy.ts';

const space = { agents: ['role', 'format'], observationSize: 1, stateSize: 1, actionCounts: { role: 3, format: 2 } };

/** The same values in every row. Role's best action is 1, then 2; format's is 0. */
const createValues = (rows: number): readonly AgentLogits[] =>
  [
    { name: 'role', values: [0, 2, 1] },
    { name: 'format', values: [5, -5] },
  ].map(({ name, values }) => ({
    name,
    actionCount: values.length,
    logits: Float32Array.from(new Array(rows).fill(values).flat()),
  }));

/** Log-probability of each action that turns up in many draws, by agent. */
const collect = (
  exploration: EpsilonGreedy,
  values: readonly AgentLogits[],
  epsilon: number,
): Record<string, Map<number, number>> => {
  const chosen = exploration.choose(values, { deterministic: false, random: createRandomStream('collect') }, epsilon);
  return Object.fromEntries(
    values.map(({ name }) => [
      name,
      new Map(Array.from(chosen.actions[name]!, (action, row) => [action, chosen.logProbabilities[name]![row]!])),
    ]),
  );
};

describe('EpsilonGreedy', () => {
  it('gives the exact log-probability of the mixture, and draws accordingly', () => {
    const rows = 20_000;
    const act = { deterministic: false, random: createRandomStream(1) };
    const { actions, logProbabilities } = new EpsilonGreedy(space).choose(createValues(rows), act, 0.3);
    // The best action: 0.7 + 0.3 / 3; another one: 0.3 / 3. Of format: 0.7 + 0.3 / 2, and 0.3 / 2.
    const expected = { role: [0.1, 0.8, 0.1], format: [0.85, 0.15] };
    for (const [agent, probabilities] of Object.entries(expected)) {
      const counts = probabilities.map(() => 0);
      for (const [row, action] of actions[agent]!.entries()) {
        counts[action]! += 1;
        expect(logProbabilities[agent]![row]).toBe(Math.fround(Math.log(probabilities[action]!)));
      }
      // Five standard deviations of a share are 5 sqrt(0.16 / 20,000) = 0.014.
      for (const [action, count] of counts.entries())
        expect(Math.abs(count / rows - probabilities[action]!)).toBeLessThan(0.014);
    }
  });

  it('lets each agent explore on its own', () => {
    const rows = 20_000;
    const act = { deterministic: false, random: createRandomStream(2) };
    const { actions } = new EpsilonGreedy(space).choose(createValues(rows), act, 0.3);
    const both = Array.from(actions['role']!).filter((action, row) => action !== 1 && actions['format']![row] === 1);
    // 0.2 x 0.15; five standard deviations are 0.006.
    expect(Math.abs(both.length / rows - 0.03)).toBeLessThan(0.006);
  });

  it('spreads over legal actions only, and takes the best legal one', () => {
    const rows = 2000;
    const masks = { role: Uint8Array.from(new Array(rows).fill([1, 0, 1]).flat()) };
    const act = { deterministic: false, random: createRandomStream(3), masks };
    const { actions, logProbabilities } = new EpsilonGreedy(space).choose(createValues(rows), act, 0.3);
    for (const [row, action] of actions['role']!.entries()) {
      expect(action).not.toBe(1);
      expect(logProbabilities['role']![row]).toBeCloseTo(Math.log(action === 2 ? 0.85 : 0.15), 6);
    }
    expect(actions['role']).toContain(0);
  });

  it('is the best action for 0 and uniform for 1', () => {
    const exploration = new EpsilonGreedy(space);
    expect(collect(exploration, createValues(1000), 0)['role']).toEqual(new Map([[1, 0]]));
    const uniform = collect(exploration, createValues(1000), 1)['role']!;
    expect(uniform.size).toBe(3);
    for (const value of uniform.values()) expect(value).toBeCloseTo(-Math.log(3), 6);
  });

  it('draws one uniform number a row and agent, so that a longer batch begins alike', () => {
    const exploration = new EpsilonGreedy(space);
    const [short, long] = [createRandomStream(4), createRandomStream(4)];
    const first = exploration.choose(createValues(5), { deterministic: false, random: short }, 1).actions;
    const more = exploration.choose(createValues(50), { deterministic: false, random: long }, 1).actions;
    for (const agent of space.agents) expect(more[agent]!.subarray(0, 5)).toEqual(first[agent]);
    // A uniform number takes two words.
    expect(short.state().drawn).toBe(2 * 5 * 2);
  });

  it('refuses what chooseActions refuses', () => {
    const exploration = new EpsilonGreedy(space);
    const choose = (masks: Record<string, Uint8Array>): unknown =>
      exploration.choose(createValues(1), { deterministic: false, random: createRandomStream(5), masks }, 0.5);
    expect(() => choose({ role: new Uint8Array(3) })).toThrow(/none in row 0/);
    expect(() => choose({ rolle: new Uint8Array(3) })).toThrow(/role, format/);
  });

  it.each([0, 0.3, 1])(
    'leaves the other probabilities as they are when an action gets a child (epsilon %s)',
    (epsilon) => {
      const values = createValues(2000);
      const [role, format] = values as [AgentLogits, AgentLogits];
      const exploration = new EpsilonGreedy(space);
      const before = collect(exploration, values, epsilon);
      exploration.widen('role', 1);
      const withChild = {
        ...role,
        actionCount: 4,
        logits: Float32Array.from(new Array(2000).fill([0, 2, 1, 2]).flat()),
      };
      const after = collect(exploration, [withChild, format], epsilon);
      for (const action of [0, 2]) {
        expect(after['role']!.has(action)).toBe(epsilon > 0);
        if (epsilon > 0) expect(after['role']!.get(action)).toBeCloseTo(before['role']!.get(action)!, 6);
      }
      expect(after['format']).toEqual(before['format']);
      // Parent and child explore with half of the parent's third each; among equals the first, the parent, is the best.
      expect(after['role']!.get(1)).toBeCloseTo(Math.log(1 - epsilon + epsilon / 6), 6);
      if (epsilon > 0) expect(after['role']!.get(3)).toBeCloseTo(Math.log(epsilon / 6), 6);
    },
  );

  it('restores its shares, and refuses those that it cannot have', () => {
    const exploration = new EpsilonGreedy(space);
    exploration.widen('role', 1);
    exploration.widen('role', 3);
    const saved = structuredClone(exploration.save());
    expect(saved).toEqual({ role: [1, 0.5, 1, 0.25, 0.25], format: [1, 1] });
    const grown = { ...space, actionCounts: { role: 5, format: 2 } };
    const other = new EpsilonGreedy(grown);
    const restore = other.prepareRestore(saved, grown);
    expect(other.save()['role']).toEqual([1, 1, 1, 1, 1]);
    restore();
    expect(other.save()).toEqual(saved);
    for (const damaged of [
      undefined,
      { role: saved['role'] },
      { ...saved, role: [1, 1, 1] },
      { ...saved, role: [1, 0.5, 1, 0.25, Number.NaN] },
      { ...saved, role: [1, 0.5, 1, 0.25, 0] },
      { ...saved, role: [1, 0.5, 1, 0.25, '1'] },
    ]) {
      expect(() => other.prepareRestore(damaged, grown)).toThrow(/exploration shares of (role|format)/);
    }
  });
});
