import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { describe, expect, it } from 'vitest';
import { createPolicyTarget } from './policy-target.ts';
import { createFactoredTarget, createJointTarget } from './prompt-target.ts';
import { actionCounts, target } from './two-slots.fixture.ts';

// Outer product of (.8, .2) and (.5, .2, .3).
const product = [0.4, 0.16, 0.24, 0.1, 0.04, 0.06];
const expectClose = (values: ArrayLike<number>, expected: readonly number[]): void => {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(values[index]).toBeCloseTo(value, 6);
  });
};

describe('createFactoredTarget', () => {
  it('multiplies its slots', () => {
    expectClose(target.computeJoint(0), product);
    expect(target.computeProbability(0, [1, 2])).toBeCloseTo(0.06, 14);
    expectClose(target.computeMarginals(0)[1]!, [0.5, 0.2, 0.3]);
  });

  it('asks once a context', () => {
    const asked: number[] = [];
    const counting = createFactoredTarget({
      actionCounts: [2],
      computeMarginals: (context) => {
        asked.push(context);
        return [context === 0 ? [1, 0] : [0, 1]];
      },
    });
    expect([0, 1, 0, 1].map((context) => counting.computeProbability(context, [0]))).toEqual([1, 0, 1, 0]);
    expect(asked).toEqual([0, 1]);
  });

  it.each([
    [[[0.5, 0.5]], 'slot 1 in context 3 to be 3 numbers'],
    [
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      '3 numbers',
    ],
    [
      [
        [0.5, 0.5],
        [1.5, -0.5, 0],
      ],
      'non-negative',
    ],
    [
      [
        [0.5, 0.4],
        [1, 0, 0],
      ],
      'sum 1',
    ],
  ])('refuses %j', (slots, message) => {
    const wrong = createFactoredTarget({ actionCounts, computeMarginals: () => slots });
    expect(() => wrong.computeMarginals(3)).toThrow(message);
  });
});

describe('createJointTarget', () => {
  // First and second slot agree: the product of the marginals would be another distribution.
  const joint = createJointTarget({
    actionCounts,
    computeJoint: (context) => (context === 0 ? [0.4, 0, 0.1, 0, 0.3, 0.2] : [0, 0, 0, 0, 0, 1]),
  });

  it('keeps its slots together', () => {
    expect(joint.computeProbability(0, [1, 1])).toBeCloseTo(0.3, 14);
    expect(joint.computeProbability(1, [1, 1])).toBe(0);
    expect(joint.computeProbability(0, [0, 2])).toBeCloseTo(0.1, 14);
    expectClose(joint.computeJoint(0), [0.4, 0, 0.1, 0, 0.3, 0.2]);
  });

  it('sums to its marginals', () => {
    const [first, second] = joint.computeMarginals(0);
    expectClose(first!, [0.5, 0.5]);
    expectClose(second!, [0.4, 0.3, 0.3]);
  });

  it('forgets contexts rather than fill the memory', () => {
    const asked = new Set<number>();
    const count = 1_100_000;
    const uniform = new Float64Array(count).fill(1 / count);
    const wide = createJointTarget({
      actionCounts: [count],
      computeJoint: (context) => {
        asked.add(context);
        return uniform;
      },
    });
    for (const context of [0, 1, 2, 3, 4, 5]) wide.computeProbability(context, [0]);
    asked.clear();
    wide.computeProbability(5, [0]);
    wide.computeProbability(0, [0]);
    expect([...asked]).toEqual([0]);
  });

  it('refuses another length', () => {
    const wrong = createJointTarget({ actionCounts, computeJoint: () => [1] });
    expect(() => wrong.computeJoint(0)).toThrow('joint actions in context 0 to be 6 numbers');
  });
});

describe('createPolicyTarget', () => {
  // Logits x and -x for observation x: the logistic function of 2x. The second agent is indifferent.
  const dense = (values: readonly number[]) => ({
    kind: 'dense' as const,
    inputs: 1,
    outputs: 2,
    activation: 'none' as const,
    kernel: Float32Array.from(values),
    bias: new Float32Array(2),
  });
  const parts = {
    observationSize: 1,
    networks: [
      { name: 'role', layers: [dense([1, -1])] },
      { name: 'format', layers: [dense([0, 0])] },
    ],
    actions: { role: ['a', 'b'], format: ['c', 'd'] },
  };
  const policy = createPolicy(createPolicyFile(parts));
  // Agreeing is three times as probable as not.
  const scores = Float32Array.of(Math.log(3), 0, 0, Math.log(3));
  const together = createPolicy(createPolicyFile({ ...parts, pairs: [{ first: 'role', second: 'format', scores }] }));
  const observations = Float32Array.of(0, Math.log(3) / 2, -1);

  const { scoreJointActions: _, ...factored } = policy;

  it.each([
    ['joint logits', policy],
    ['probabilities alone', factored],
  ])('gives what a policy with %s would draw in each context', (_name, either) => {
    const drawn = createPolicyTarget(either, { observations });
    expect(drawn.actionCounts).toEqual([2, 2]);
    expectClose(drawn.computeJoint(0), [0.25, 0.25, 0.25, 0.25]);
    expectClose(drawn.computeJoint(1), [0.375, 0.375, 0.125, 0.125]);
    expectClose(drawn.computeMarginals(1)[0]!, [0.75, 0.25]);
    expect(() => drawn.computeMarginals(3)).toThrow('[0, 3)');
  });

  it.each([
    ['joint logits', policy],
    ['probabilities alone', factored],
  ])('keeps to the masks with %s', (_name, either) => {
    const masks = { role: Uint8Array.of(1, 1, 0, 1, 1, 1) };
    const masked = createPolicyTarget(either, { observations, masks });
    expectClose(masked.computeJoint(1), [0, 0, 0.5, 0.5]);
    expectClose(masked.computeMarginals(0)[0]!, [0.5, 0.5]);
  });

  it.each([
    ['joint logits', policy],
    ['probabilities alone', factored],
  ])('gives the most probable prompt alone where asked to, with %s', (_name, either) => {
    const served = createPolicyTarget(either, { observations, deterministic: true });
    expect([0, 1, 2].map((context) => [...served.computeJoint(context)])).toEqual([
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 1, 0],
    ]);
  });

  it('knows agents that choose together', () => {
    const drawn = createPolicyTarget(together, { observations });
    expectClose(drawn.computeJoint(0), [3 / 8, 1 / 8, 1 / 8, 3 / 8]);
    // Weights 3 * 3, 3 * 1, 1 * 1, 1 * 3.
    expectClose(drawn.computeJoint(1), [9 / 16, 3 / 16, 1 / 16, 3 / 16]);
    expect(drawn.computeProbability(1, [0, 1])).toBeCloseTo(3 / 16, 6);
  });

  it('refuses observations of another size', () => {
    expect(() => createPolicyTarget(policy, { observations: new Float32Array(0) })).toThrow('observations');
    const two = { ...policy, observationSize: 2 };
    expect(() => createPolicyTarget(two, { observations })).toThrow('[contexts, 2]');
  });
});
