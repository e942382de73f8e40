import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createPolicy, createPolicyFile } from './index.ts';

// Hidden = relu([1 -1; 2 1] x + [0 1]), worked by hand below; tanh and a second agent keep the order of the file visible.
const file = createPolicyFile({
  observationSize: 2,
  networks: [
    {
      name: 'role',
      layers: [
        {
          kind: 'dense',
          inputs: 2,
          outputs: 2,
          activation: 'relu',
          kernel: Float32Array.of(1, 2, -1, 1),
          bias: Float32Array.of(0, 1),
        },
        {
          kind: 'dense',
          inputs: 2,
          outputs: 2,
          activation: 'none',
          kernel: Float32Array.of(1, 0, 0, 0.5),
          bias: Float32Array.of(0, -1),
        },
      ],
    },
    {
      name: 'format',
      layers: [
        {
          kind: 'dense',
          inputs: 2,
          outputs: 3,
          activation: 'tanh',
          kernel: new Float32Array(6),
          bias: Float32Array.of(0, 1, -1),
        },
      ],
    },
  ],
  actions: { role: ['role/none', 'role/expert'], format: ['a', 'b', 'c'] },
});

describe('createPolicy', () => {
  const policy = createPolicy(file);
  const random = () => createRandomStream(1);

  it('declares what it was trained on', () => {
    expect([policy.agents, policy.observationSize, policy.actionCounts]).toEqual([
      ['role', 'format'],
      2,
      { role: 2, format: 3 },
    ]);
  });

  it('computes the probabilities of networks worked by hand', () => {
    // x = (1, 2): hidden = relu(1 - 2, 2 + 2 + 1) = (0, 5), logits = (0, 1.5).
    // x = (3, 1): hidden = relu(3 - 1, 6 + 1 + 1) = (2, 8), logits = (2, 3).
    const probabilities = policy.probabilities(Float32Array.of(1, 2, 3, 1));
    const role = [
      1 / (1 + Math.exp(1.5)),
      Math.exp(1.5) / (1 + Math.exp(1.5)),
      1 / (1 + Math.E),
      Math.E / (1 + Math.E),
    ];
    for (const [index, value] of role.entries()) expect(probabilities['role']![index]).toBeCloseTo(value, 6);
    const weights = [1, Math.exp(Math.tanh(1)), Math.exp(-Math.tanh(1))];
    const total = weights.reduce((sum, weight) => sum + weight);
    for (const [index, weight] of weights.entries())
      expect(probabilities['format']![3 + index]).toBeCloseTo(weight / total, 6);
  });

  it('acts on them, under masks', () => {
    const masks = { role: Uint8Array.of(1, 0), format: Uint8Array.of(1, 0, 1) };
    const acted = policy.act(Float32Array.of(1, 2), { deterministic: true, random: random(), masks });
    expect([[...acted.actions['role']!], [...acted.actions['format']!]]).toEqual([[0], [0]]);
    expect(acted.logProbabilities['role']![0]).toBe(0);
    expect(policy.act(Float32Array.of(1, 2), { deterministic: true, random: random() }).actions['role']![0]).toBe(1);
  });

  it('throws for observations of another size or that are not finite, and for impossible masks', () => {
    const act = (observations: Float32Array, masks = {}) =>
      policy.act(observations, { deterministic: true, random: random(), masks });
    expect(() => act(Float32Array.of(1, 2, 3))).toThrow(/\[batch, 2\]/);
    expect(() => act(new Float32Array(0))).toThrow(/\[batch, 2\]/);
    expect(() => act(Float32Array.of(1, Number.NaN))).toThrow(/finite/);
    // Through tanh and ReLU an infinity could end as an ordinary number.
    expect(() => act(Float32Array.of(1, Number.NEGATIVE_INFINITY))).toThrow(/observations to be finite/);
    expect(() => act(Float32Array.of(1, 2), { role: Uint8Array.of(0, 0) })).toThrow(/none in row 0/);
    expect(() => policy.probabilities(Float32Array.of(1, 2), { wrong: Uint8Array.of(1) })).toThrow(/wrong/);
  });
});
