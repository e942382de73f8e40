import { describe, expect, it } from 'vitest';
import {
  createPolicy,
  createPolicyFile,
  decodePolicy,
  encodePolicy,
  type PolicyFileDefect,
  PolicyFileError,
} from './index.ts';

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
          kernel: Float32Array.of(1, 2, 3, 4),
          bias: Float32Array.of(5, 6),
        },
        {
          kind: 'dense',
          inputs: 2,
          outputs: 1,
          activation: 'none',
          kernel: Float32Array.of(7, 8),
          bias: Float32Array.of(0.1),
        },
      ],
    },
  ],
  actions: { role: ['role/none'] },
  metadata: { domain: 'Filme – größer', encoders: [{ kind: 'one-hot', size: 2 }] },
});

function defectOf(bytes: Uint8Array): PolicyFileDefect | undefined {
  try {
    decodePolicy(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof PolicyFileError) return error.defect;
    throw error;
  }
}

/** The file with its JSON header changed, its length field kept right. */
function withHeader(change: (header: Record<string, unknown>) => void): Uint8Array {
  const bytes = encodePolicy(file);
  const length = new DataView(bytes.buffer).getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + length)));
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const result = new Uint8Array([...bytes.subarray(0, 16), ...text, ...bytes.subarray(16 + length)]);
  new DataView(result.buffer).setUint32(12, text.length, true);
  return result;
}

describe('encodePolicy and decodePolicy', () => {
  it('give back the same policy, also from the middle of a larger buffer', () => {
    const bytes = encodePolicy(file);
    expect(decodePolicy(bytes)).toEqual(file);
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodePolicy(larger.subarray(3))).toEqual(file);
    expect(encodePolicy(decodePolicy(bytes))).toEqual(bytes);
  });

  it('lay the file out as documented', () => {
    const bytes = encodePolicy(file);
    const view = new DataView(bytes.buffer);
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x52, 0x50, 0x50, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(view.getUint32(8, true)).toBe(1);
    const weights = 16 + view.getUint32(12, true);
    expect(weights % 4).toBe(0);
    expect(bytes.length).toBe(weights + 4 * 9);
    expect(new TextDecoder().decode(bytes.subarray(16, weights)).trimEnd()).toBe(
      '{"format":"rppkit-policy","version":1,"observationSize":2,"agents":[{"name":"role","actions":["role/none"],"layers":[' +
        '{"kind":"dense","inputs":2,"outputs":2,"activation":"relu","weights":0,"bias":4},' +
        '{"kind":"dense","inputs":2,"outputs":1,"activation":"none","weights":6,"bias":8}]}],' +
        '"metadata":{"domain":"Filme – größer","encoders":[{"kind":"one-hot","size":2}]},"weightCount":9}',
    );
    // 7 = 0x40e00000, little-endian; it stands behind four kernel entries and two biases.
    expect([...bytes.subarray(weights + 24, weights + 28)]).toEqual([0, 0, 0xe0, 0x40]);
  });

  it('name the defect of bytes that are no whole policy file', () => {
    const bytes = encodePolicy(file);
    expect(defectOf(new TextEncoder().encode('{"format":"rppkit-policy"}'))).toBe('wrong-magic');
    for (let length = 0; length < bytes.length; length++) expect(defectOf(bytes.subarray(0, length))).toBe('truncated');
    expect(defectOf(new Uint8Array([...bytes, 0, 0, 0, 0]))).toBe('weights-length');
    const other = bytes.slice();
    other[8] = 4;
    expect(defectOf(other)).toBe('unsupported-version');
    // Version 2 outside, version 1 inside.
    other[8] = 2;
    expect(defectOf(other)).toBe('malformed-header');
    const broken = bytes.slice();
    broken[16] = 0x21;
    expect(defectOf(broken)).toBe('malformed-header');
  });

  it.each<[string, (header: Record<string, unknown>) => void]>([
    ['another format', (header) => Object.assign(header, { format: 'other' })],
    ['no agents', (header) => Object.assign(header, { agents: [] })],
    [
      'two agents of one name',
      (header) =>
        Object.assign(header, { agents: [(header['agents'] as object[])[0], (header['agents'] as object[])[0]] }),
    ],
    ['an observation of no floats', (header) => Object.assign(header, { observationSize: 0 })],
    [
      'a layer without inputs and an observation that fits',
      (header) => {
        (header['agents'] as [{ layers: object[] }])[0].layers.splice(0, 2, {
          kind: 'dense',
          inputs: 0,
          outputs: 1,
          activation: 'none',
          weights: 0,
          bias: 0,
        });
        header['observationSize'] = 0;
      },
    ],
    [
      'a layer without outputs and no actions',
      (header) => {
        const agent = (header['agents'] as [{ layers: object[]; actions: string[] }])[0];
        Object.assign(agent.layers[1]!, { outputs: 0 });
        agent.actions = [];
      },
    ],
    [
      'an action twice',
      (header) => {
        const agent = (header['agents'] as [{ layers: object[]; actions: string[] }])[0];
        agent.layers.pop();
        agent.actions = ['a', 'a'];
      },
    ],
    ['a fractional size', (header) => Object.assign(header, { observationSize: 1.5 })],
    ['a size that the first layer does not take', (header) => Object.assign(header, { observationSize: 3 })],
    ['metadata that is no object', (header) => Object.assign(header, { metadata: null })],
    [
      'an unknown layer',
      (header) => Object.assign((header['agents'] as [{ layers: object[] }])[0].layers[0]!, { kind: 'conv' }),
    ],
    [
      'weights beyond the end',
      (header) => Object.assign((header['agents'] as [{ layers: object[] }])[0].layers[1]!, { weights: 8 }),
    ],
    ['too many actions', (header) => Object.assign((header['agents'] as [object])[0], { actions: ['a', 'b'] })],
  ])('refuse a header with %s', (_, change) => {
    expect(defectOf(withHeader(() => {}))).toBeUndefined();
    expect(defectOf(withHeader(change))).toBe('malformed-header');
  });

  it('refuse weights that are not finite', () => {
    const bytes = encodePolicy(file);
    new DataView(bytes.buffer).setFloat32(bytes.length - 4, Number.NaN, true);
    expect(() => decodePolicy(bytes)).toThrow(/finite weights, received NaN/);
    const weights = file.weights.map((weight, index) => (index === 3 ? Number.POSITIVE_INFINITY : weight));
    expect(() => encodePolicy({ ...file, weights })).toThrow(PolicyFileError);
    expect(() => createPolicy({ ...file, weights })).toThrow(/finite weights, received Infinity/);
  });
});

describe('createPolicyFile', () => {
  const layer = {
    kind: 'dense',
    inputs: 1,
    outputs: 2,
    activation: 'none',
    kernel: Float32Array.of(1, 2),
    bias: new Float32Array(2),
  } as const;
  const networks = [{ name: 'role', layers: [layer] }];
  const actions = { role: ['a', 'b'] };
  const create = (changed: object = {}) => createPolicyFile({ observationSize: 1, networks, actions, ...changed });

  it('refuses an agent without expression ids, with too few or one twice, and ids of no agent', () => {
    expect(() => create()).not.toThrow();
    expect(() => create({ actions: { other: ['a', 'b'] } })).toThrow(/actions.role/);
    expect(() => create({ actions: { role: ['a'] } })).toThrow(/as many actions/);
    expect(() => create({ actions: { role: ['a', 'a'] } })).toThrow(/role to have different actions, received "a"/);
    expect(() => create({ actions: { ...actions, rolle: ['a'] } })).toThrow(/of the agents role, received "rolle"/);
  });

  it('refuses two agents of one name, sizes that do not fit, no inputs, no outputs and weights that are not finite', () => {
    expect(() => create({ networks: [...networks, ...networks] })).toThrow(/different names/);
    expect(() => create({ observationSize: 2 })).toThrow(/inputs of layer 0 of role to be 2/);
    const withLayer = (changed: object) => ({ networks: [{ name: 'role', layers: [{ ...layer, ...changed }] }] });
    expect(() => create(withLayer({ kernel: new Float32Array(1) }))).toThrow(/length 2/);
    const noInputs = withLayer({ inputs: 0, kernel: new Float32Array(0) });
    expect(() => create({ observationSize: 0, ...noInputs })).toThrow(/a positive observationSize/);
    expect(() => create(noInputs)).toThrow(/inputs of layer 0 of role to be a positive integer, received 0/);
    const noOutputs = withLayer({ outputs: 0, kernel: new Float32Array(0), bias: new Float32Array(0) });
    expect(() => create({ ...noOutputs, actions: { role: [] } })).toThrow(
      /outputs of layer 0 of role to be a positive integer, received 0/,
    );
    expect(() => create(withLayer({ bias: Float32Array.of(0, Number.NaN) }))).toThrow(/finite weights/);
  });

  it.each<[string, unknown]>([
    ['metadata.seed', { seed: Number.NaN }],
    ['metadata.a[1].b', { a: [1, { b: Number.POSITIVE_INFINITY }] }],
    ['metadata.note', { note: undefined }],
    ['metadata.run', { run: () => 1 }],
    ['metadata.big', { big: 1n }],
    ['metadata.when', { when: new Date(0) }],
    ['metadata.list[0]', { list: new Array(1) }],
    ['metadata.list', { list: Float32Array.of(1) }],
  ])('refuses metadata that JSON cannot hold: %s', (argument, metadata) => {
    expect(() => create({ metadata })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', argument }));
  });

  it('refuses metadata that contain themselves, not metadata that hold an object twice', () => {
    const shared = { text: 'x', nothing: null, flag: true };
    expect(() => create({ metadata: { first: shared, second: [shared] } })).not.toThrow();
    const loop: Record<string, unknown> = {};
    loop['self'] = { loop };
    expect(() => create({ metadata: loop })).toThrow(/metadata.self.loop to be free of cycles/);
  });
});
