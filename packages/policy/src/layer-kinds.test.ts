import { describe, expect, it } from 'vitest';
import {
  type AgentLayer,
  createPolicy,
  createPolicyFile,
  type DenseLayer,
  decodePolicy,
  encodePolicy,
  type GruLayer,
  type LayerNormLayer,
  PolicyFileError,
} from './index.ts';

const fill = (length: number, start: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => (((start + 7 * index) % 16) - 8) / 8);

/** Two steps of two floats between one float and two: 7 floats to 1 + 2 + 1. */
const gru: GruLayer = {
  kind: 'gru',
  inputs: 7,
  offset: 1,
  steps: 2,
  size: 2,
  hidden: 1,
  kernel: fill(6, 1),
  recurrentKernel: fill(3, 2),
  bias: fill(3, 3),
  recurrentBias: fill(3, 4),
};
const norm: LayerNormLayer = {
  kind: 'layer-norm',
  size: 4,
  activation: 'relu',
  epsilon: 1e-5,
  gain: fill(4, 5),
  shift: fill(4, 6),
};
const dense: DenseLayer = {
  kind: 'dense',
  inputs: 4,
  outputs: 2,
  activation: 'none',
  kernel: fill(8, 7),
  bias: fill(2, 8),
};
const create = (layers: readonly AgentLayer[], observationSize = 7) =>
  createPolicyFile({ observationSize, networks: [{ name: 'role', layers }], actions: { role: ['a', 'b'] } });
const file = create([gru, norm, dense]);

/** The bytes of the file with the text of its header changed. */
function withHeader(change: (text: string) => string): Uint8Array {
  const bytes = encodePolicy(file);
  const length = new DataView(bytes.buffer).getUint32(12, true);
  const text = new TextEncoder().encode(change(new TextDecoder().decode(bytes.subarray(16, 16 + length))));
  const result = new Uint8Array([...bytes.subarray(0, 16), ...text, ...bytes.subarray(16 + length)]);
  new DataView(result.buffer).setUint32(12, text.length, true);
  return result;
}

/** The bytes of the file with one field of one layer changed; undefined leaves it out. */
function withField(layer: number, field: string, value: unknown): Uint8Array {
  return withHeader((text) => {
    const header = JSON.parse(text);
    header.agents[0].layers[layer][field] = value;
    return JSON.stringify(header);
  });
}

function messageOf(bytes: Uint8Array): string {
  try {
    decodePolicy(bytes);
  } catch (error) {
    if (error instanceof PolicyFileError && error.defect === 'malformed-header') return error.message;
    throw error;
  }
  return 'no error';
}

describe('a policy file with layer normalisation and a gated recurrent unit', () => {
  it('is version 3 and survives its bytes', () => {
    const bytes = encodePolicy(file);
    expect(new DataView(bytes.buffer).getUint32(8, true)).toBe(3);
    expect(decodePolicy(bytes)).toEqual(file);
    expect(encodePolicy(decodePolicy(bytes))).toEqual(bytes);
    expect(file.header.agents[0]!.layers).toEqual([
      {
        kind: 'gru',
        inputs: 7,
        offset: 1,
        steps: 2,
        size: 2,
        hidden: 1,
        kernel: 0,
        recurrentKernel: 6,
        bias: 9,
        recurrentBias: 12,
      },
      { kind: 'layer-norm', size: 4, activation: 'relu', epsilon: 1e-5, gain: 15, shift: 19 },
      { kind: 'dense', inputs: 4, outputs: 2, activation: 'none', weights: 23, bias: 31 },
    ]);
    expect(file.weights.length).toBe(33);
  });

  it('chooses by its layers, one after the other', () => {
    const row = [0.5, 1, -1, 0.25, 2, -0.5, 1.5];
    const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
    const [W, U, b, c] = [gru.kernel, gru.recurrentKernel, gru.bias, gru.recurrentBias];
    let state = 0;
    for (const [first, second] of [row.slice(1, 3), row.slice(3, 5)] as [number, number][]) {
      const [xr, xz, xn] = [0, 1, 2].map((gate) => first * W[gate]! + second * W[3 + gate]! + b[gate]!);
      const [hr, hz, hn] = [0, 1, 2].map((gate) => state * U[gate]! + c[gate]!);
      const update = sigmoid(xz! + hz!);
      state = (1 - update) * Math.tanh(xn! + sigmoid(xr! + hr!) * hn!) + update * state;
    }
    const values = [0.5, -0.5, 1.5, state];
    const mean = (0.5 - 0.5 + 1.5 + state) / 4;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
    const hidden = values.map((value, index) =>
      Math.max(0, (norm.gain[index]! * (value - mean)) / Math.sqrt(variance + 1e-5) + norm.shift[index]!),
    );
    const scores = createPolicy(decodePolicy(encodePolicy(file))).scoreJointActions(Float32Array.from(row));
    expect(hidden.some((value) => value > 0)).toBe(true);
    for (const action of [0, 1]) {
      const logit = hidden.reduce((sum, value, index) => sum + value * dense.kernel[2 * index + action]!, 0);
      expect(scores[action]).toBeCloseTo(logit + dense.bias[action]!, 5);
    }
  });

  it('needs version 3 for either of them only', () => {
    expect(create([norm, dense], 4).header.version).toBe(3);
    expect(create([gru, dense]).header.version).toBe(3);
    expect(create([dense], 4).header.version).toBe(1);
    expect(create([{ ...dense, activation: 'square' }], 4).header.version).toBe(2);
    for (const layers of [
      [gru, dense],
      [norm, norm, dense],
    ]) {
      const { header, weights } = create(layers, layers[0]!.kind === 'gru' ? 7 : 4);
      for (const version of [1, 2] as const) {
        expect(() => encodePolicy({ header: { ...header, version }, weights })).toThrow(
          `Expected version 3 for layer-norm and gru layers, received ${version}`,
        );
      }
    }
  });

  it('holds what agents read through the same unit once', () => {
    const copy = (changes: Partial<GruLayer> = {}): GruLayer => ({ ...gru, kernel: gru.kernel.slice(), ...changes });
    const join = (second: GruLayer) =>
      createPolicyFile({
        observationSize: 7,
        networks: [
          { name: 'role', layers: [gru, dense] },
          { name: 'format', layers: [second, dense] },
        ],
        actions: { role: ['a', 'b'], format: ['c', 'd'] },
      });
    // Once 15 floats of the unit, twice 10 of a dense layer.
    const same = join(copy());
    expect(same.weights.length).toBe(35);
    expect(same.header.agents[1]!.layers[0]).toEqual(same.header.agents[0]!.layers[0]);
    expect(decodePolicy(encodePolicy(same))).toEqual(same);
    const other = join(copy({ bias: Float32Array.of(1, 2, 3) }));
    expect(other.weights.length).toBe(38);
    const row = Float32Array.of(0.5, 1, -1, 0.25, 2, -0.5, 1.5);
    const [alone, shared, apart] = [create([gru, dense]), same, other].map((one) =>
      createPolicy(one).probabilities(row),
    );
    expect(shared).toEqual({ role: alone!['role'], format: alone!['role'] });
    expect(apart!['role']).toEqual(alone!['role']);
    expect(apart!['format']).not.toEqual(alone!['role']);
  });
});

describe('decodePolicy', () => {
  const fields: readonly (readonly [number, string])[] = [
    ...['inputs', 'offset', 'steps', 'size', 'hidden', 'kernel', 'recurrentKernel', 'bias', 'recurrentBias'].map(
      (field) => [0, field] as const,
    ),
    ...['size', 'activation', 'epsilon', 'gain', 'shift'].map((field) => [1, field] as const),
  ];

  it.each(fields)('refuses layer %i without %s, and with one that is text', (layer, field) => {
    expect(messageOf(withHeader((text) => text))).toBe('no error');
    expect(messageOf(withField(layer, field, undefined))).toContain(`Expected layer.${field} of the policy header`);
    expect(messageOf(withField(layer, field, '1'))).toContain(`Expected layer.${field} of the policy header`);
  });

  it.each(fields.filter(([, field]) => field !== 'activation' && field !== 'epsilon'))(
    'refuses layer %i with a %s that is no count',
    (layer, field) => {
      for (const value of [-1, 0.5]) {
        expect(messageOf(withField(layer, field, value))).toContain(`Expected layer.${field} of the policy header`);
      }
    },
  );

  it.each<[number, string, number, string]>([
    [0, 'inputs', 8, 'inputs of layer 0 of role to be 7, the size of what it reads, received 8'],
    [0, 'inputs', 0, 'inputs of layer 0 of role to be a positive integer'],
    [0, 'steps', 0, 'steps of layer 0 of role to be a positive integer'],
    [0, 'size', 0, 'size of layer 0 of role to be a positive integer'],
    [0, 'hidden', 0, 'hidden of layer 0 of role to be a positive integer'],
    [0, 'offset', 4, 'offset + steps x size of layer 0 of role to be at most its 7 inputs, received 8'],
    [0, 'steps', 4, 'offset + steps x size of layer 0 of role to be at most its 7 inputs, received 9'],
    [0, 'size', 4, 'offset + steps x size of layer 0 of role to be at most its 7 inputs, received 9'],
    [0, 'steps', 1, 'size of layer 1 of role to be 6, the size of what it reads, received 4'],
    [0, 'hidden', 2, 'size of layer 1 of role to be 5, the size of what it reads, received 4'],
    // 33 weights: one more than fits in front of each end.
    [0, 'kernel', 28, 'at least 34 weights for kernel of layer 0 of role, received 33'],
    [0, 'recurrentKernel', 31, 'at least 34 weights for recurrentKernel of layer 0 of role, received 33'],
    [0, 'bias', 31, 'at least 34 weights for bias of layer 0 of role, received 33'],
    [0, 'recurrentBias', 31, 'at least 34 weights for recurrentBias of layer 0 of role, received 33'],
    [1, 'size', 3, 'size of layer 1 of role to be 4, the size of what it reads, received 3'],
    [1, 'size', 0, 'size of layer 1 of role to be a positive integer'],
    [1, 'epsilon', 0, 'epsilon of layer 1 of role to be finite and above 0, received 0'],
    [1, 'epsilon', -1, 'epsilon of layer 1 of role to be finite and above 0, received -1'],
    [1, 'gain', 30, 'at least 34 weights for gain of layer 1 of role, received 33'],
    [1, 'shift', 30, 'at least 34 weights for shift of layer 1 of role, received 33'],
  ])('refuses layer %i with %s %d', (layer, field, value, message) => {
    expect(messageOf(withField(layer, field, value))).toContain(message);
  });

  it('accepts arrays that end with the weights, and refuses an infinite epsilon and an unknown activation', () => {
    for (const [field, start] of [
      ['kernel', 27],
      ['recurrentKernel', 30],
      ['bias', 30],
      ['recurrentBias', 30],
    ] as const) {
      expect(messageOf(withField(0, field, start))).toBe('no error');
    }
    // A sequence may end with its row.
    expect(messageOf(withField(0, 'offset', 3))).toBe('no error');
    expect(messageOf(withHeader((text) => text.replace('"epsilon":0.00001', '"epsilon":1e999')))).toContain(
      'epsilon of layer 1 of role to be finite',
    );
    expect(messageOf(withField(1, 'activation', 'gelu'))).toContain('layer.activation');
    expect(messageOf(withField(1, 'kind', 'batch-norm'))).toContain('layer.kind');
  });
});

describe('createPolicyFile', () => {
  it.each<[string, readonly AgentLayer[]]>([
    ['role: kernel', [{ ...gru, kernel: new Float32Array(5) }, norm, dense]],
    ['role: recurrentKernel', [{ ...gru, recurrentKernel: new Float32Array(4) }, norm, dense]],
    ['role: bias', [{ ...gru, bias: new Float32Array(2) }, norm, dense]],
    ['role: recurrentBias', [{ ...gru, recurrentBias: new Float32Array(4) }, norm, dense]],
    ['role: gain', [gru, { ...norm, gain: new Float32Array(3) }, dense]],
    ['role: shift', [gru, { ...norm, shift: new Float32Array(5) }, dense]],
  ])('refuses an array of another length: %s', (argument, layers) => {
    expect(() => create(layers)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', argument }));
  });

  it('refuses an array of another length that was shared before', () => {
    const short = new Float32Array(3);
    const wide = { ...gru, inputs: 4, steps: 1, hidden: 2, kernel: new Float32Array(12), bias: new Float32Array(6) };
    const narrow = { ...gru, bias: short, recurrentBias: short };
    expect(() => create([narrow, { ...wide, recurrentKernel: new Float32Array(12), recurrentBias: short }])).toThrow(
      /role: recurrentBias to be a Float32Array of length 6/,
    );
  });

  it('refuses offsets, epsilons and weights that JSON or the runtime could not hold', () => {
    for (const offset of [-1, 0.5, Number.NaN])
      expect(() => create([{ ...gru, offset }, norm, dense])).toThrow(/offset of/);
    for (const epsilon of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => create([gru, { ...norm, epsilon }, dense])).toThrow(/epsilon of layer 1/);
    }
    const infinite = Float32Array.of(0, Number.POSITIVE_INFINITY, 0);
    expect(() => create([{ ...gru, recurrentKernel: infinite }, norm, dense])).toThrow(/finite weights/);
  });
});
