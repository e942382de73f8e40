import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import {
  computePairSums,
  createPolicy,
  createPolicyFile,
  type DenseLayer,
  decodePolicy,
  encodePolicy,
  expandJointSums,
  type PairScores,
  type PolicyFile,
  PolicyFileError,
  sampleActionChain,
} from './index.ts';

const constant = (bias: readonly number[], changes: Partial<DenseLayer> = {}): DenseLayer => ({
  kind: 'dense',
  inputs: 1,
  outputs: bias.length,
  activation: 'none',
  kernel: new Float32Array(bias.length),
  bias: Float32Array.from(bias),
  ...changes,
});
const networks = [
  // exp: 1, 2.
  { name: 'role', layers: [constant([0, Math.log(2)])] },
  { name: 'history', layers: [constant([0])] },
  // exp: 1, 1, 3.
  { name: 'format', layers: [constant([0, 0, Math.log(3)])] },
];
const actions = { role: ['r0', 'r1'], history: ['h'], format: ['f0', 'f1', 'f2'] };
// exp: 8 for role 0 with format 1, 1/4 for role 1 with format 2.
const scores = Float32Array.of(0, Math.log(8), 0, 0, 0, Math.log(1 / 4));
const pairs = [{ first: 'role', second: 'format', scores }];
const create = (changes: object = {}): PolicyFile =>
  createPolicyFile({ observationSize: 1, networks, actions, pairs, ...changes });
const file = create();
// Weights of (role, format): 1, 8, 3; 2, 2, 6 / 4. In all 17.5.
const weights = [1, 8, 3, 2, 2, 1.5];
const policy = createPolicy(decodePolicy(encodePolicy(file)));
const observation = Float32Array.of(0.5);
const random = createRandomStream('joint');

describe('a policy whose agents choose together', () => {
  it('adds up logits and pair scores of every joint action', () => {
    const scored = policy.scoreJointActions(Float32Array.of(0.5, 1));
    expect(scored).toHaveLength(12);
    for (const [index, value] of scored.entries()) expect(value).toBeCloseTo(Math.log(weights[index % 6]!), 6);
  });

  it('takes the best joint action, which is not made of the best actions', () => {
    const act = (masks = {}) => policy.act(observation, { deterministic: true, random, masks });
    // On their own: role 1 and format 2. Together: role 0 and format 1, 8 of 17.5.
    const { actions, logProbabilities } = act();
    expect([actions['role']![0], actions['history']![0], actions['format']![0]]).toEqual([0, 0, 1]);
    // 12 of 17.5 for role 0, then 8 of 12.
    expect(logProbabilities['role']![0]).toBeCloseTo(Math.log(12 / 17.5), 6);
    expect(logProbabilities['history']![0]).toBe(0);
    expect(logProbabilities['format']![0]).toBeCloseTo(Math.log(8 / 12), 6);
    const masked = act({ format: Uint8Array.of(1, 0, 1) });
    expect([masked.actions['role']![0], masked.actions['format']![0]]).toEqual([0, 2]);
    // 1 and 3 of role 0, 2 and 1.5 of role 1.
    expect(masked.logProbabilities['role']![0]).toBeCloseTo(Math.log(4 / 7.5), 6);
  });

  it('reports marginals', () => {
    const { role, history, format } = policy.probabilities(observation);
    for (const [index, value] of [12, 5.5].entries()) expect(role![index]).toBeCloseTo(value / 17.5, 6);
    expect(history![0]).toBeCloseTo(1, 6);
    for (const [index, value] of [3, 10, 4.5].entries()) expect(format![index]).toBeCloseTo(value / 17.5, 6);
    const masked = policy.probabilities(observation, { role: Uint8Array.of(0, 1) });
    expect(masked['role']![0]).toBe(0);
    for (const [index, value] of [2, 2, 1.5].entries()) expect(masked['format']![index]).toBeCloseTo(value / 5.5, 6);
  });

  it('draws joint actions in proportion, with log-probabilities that add up: four standard errors over 10,000 rows', () => {
    const rows = 10_000;
    const { actions, logProbabilities } = policy.act(new Float32Array(rows), { deterministic: false, random });
    const counts = new Array<number>(6).fill(0);
    for (let row = 0; row < rows; row++) {
      const joint = actions['role']![row]! * 3 + actions['format']![row]!;
      counts[joint]!++;
      const log = logProbabilities['role']![row]! + logProbabilities['format']![row]!;
      expect(log).toBeCloseTo(Math.log(weights[joint]! / 17.5), 5);
    }
    for (const [joint, count] of counts.entries()) {
      const chance = weights[joint]! / 17.5;
      expect(Math.abs(count / rows - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / rows));
    }
  });

  it('takes one uniform number an agent and row, and none when deterministic', () => {
    const stream = createRandomStream('draws');
    policy.act(new Float32Array(2), { deterministic: true, random: stream });
    expect(stream.state().drawn).toBe(0);
    policy.act(new Float32Array(2), { deterministic: false, random: stream });
    // A uniform number takes two words.
    expect(stream.state().drawn).toBe(2 * 3 * 2);
  });

  it('refuses what independent agents refuse', () => {
    const act = (observations: Float32Array, masks = {}) =>
      policy.act(observations, { deterministic: true, random, masks });
    expect(() => act(Float32Array.of(Number.NaN))).toThrow(/finite/);
    expect(() => act(observation, { role: Uint8Array.of(0, 0) })).toThrow(/none in row 0/);
    expect(() => act(observation, { rolle: Uint8Array.of(1, 1) })).toThrow(/rolle/);
    expect(() => policy.scoreJointActions(new Float32Array(0))).toThrow(/\[batch, 1\]/);
  });
});

describe('the file of such a policy', () => {
  it('is version 2, and survives its bytes', () => {
    const bytes = encodePolicy(file);
    expect(new DataView(bytes.buffer).getUint32(8, true)).toBe(2);
    expect(decodePolicy(bytes)).toEqual(file);
    expect(file.header.pairs).toEqual([{ first: 'role', second: 'format', scores: 12 }]);
    const plain = create({ pairs: [] });
    expect(plain.header.version).toBe(1);
    expect(Object.keys(plain.header)).toEqual(['format', 'version', 'observationSize', 'agents', 'metadata']);
  });

  it('holds squares: logits 2 (x + 1)^2 and 1', () => {
    const square = {
      name: 'role',
      layers: [
        constant([1], { activation: 'square', kernel: Float32Array.of(1) }),
        constant([0, 1], { kernel: Float32Array.of(2, 0) }),
      ],
    };
    const squares = createPolicyFile({ observationSize: 1, networks: [square], actions: { role: actions.role } });
    expect(squares.header.version).toBe(2);
    const read = createPolicy(decodePolicy(encodePolicy(squares)));
    expect([...read.scoreJointActions(Float32Array.of(2, -1))]).toEqual([18, 1, 0, 1]);
    const old = { ...squares, header: { ...squares.header, version: 1 as const } };
    expect(() => encodePolicy(old)).toThrow(/version 2 for pairs and squares, received 1/);
  });

  it.each<[string, readonly Partial<PairScores>[], string]>([
    ['of one agent', [{ second: 'role', scores: new Float32Array(4) }], 'in the order of the agents'],
    ['in the other order', [{ first: 'format', second: 'role' }], 'in the order of the agents'],
    ['of an agent that does not exist', [{ first: 'rolle' }], 'in the order of the agents'],
    ['there twice', [{}, {}], 'every pair once'],
    ['of another size', [{ scores: new Float32Array(5) }], 'length 6'],
    ['not finite', [{ scores: scores.map((_, index) => (index === 2 ? Number.NaN : 0)) }], 'finite weights'],
  ])('refuses pairs that are %s', (_, changes, message) => {
    expect(() => create({ pairs: changes.map((change) => ({ ...pairs[0], ...change })) })).toThrow(message);
  });

  it('refuses pairs beyond its weights, an empty list of them, and more joint actions than can be looked at', () => {
    const alter = (changed: object): PolicyFile => ({ ...file, header: { ...file.header, ...changed } });
    const beyond = alter({ pairs: [{ first: 'role', second: 'format', scores: 13 }] });
    expect(() => encodePolicy(beyond)).toThrow(PolicyFileError);
    expect(() => encodePolicy(beyond)).toThrow('at least 19 weights for role, format');
    expect(() => encodePolicy(alter({ pairs: [] }))).toThrow('at least one pair');
    expect(() => encodePolicy(alter({ version: 1 }))).toThrow('version 2');
    const wide = ['a', 'b', 'c'].map((name) => ({ name, layers: [constant(new Array(128).fill(0))] }));
    const ids = Object.fromEntries(wide.map(({ name }) => [name, Array.from({ length: 128 }, (_, id) => `${id}`)]));
    const large = {
      networks: wide,
      actions: ids,
      pairs: [{ first: 'a', second: 'b', scores: new Float32Array(128 ** 2) }],
    };
    expect(() => create(large)).toThrow('at most 1048576 joint actions');
  });

  it.each([3, [{ first: 1 }], [{ first: 'role', second: 'format', scores: -1 }], [null]])(
    'refuses a header whose pairs are %j',
    (value) => {
      const bytes = encodePolicy(file);
      const length = new DataView(bytes.buffer).getUint32(12, true);
      const header = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + length)));
      const text = new TextEncoder().encode(JSON.stringify({ ...header, pairs: value }));
      const result = new Uint8Array([...bytes.subarray(0, 16), ...text, ...bytes.subarray(16 + length)]);
      new DataView(result.buffer).setUint32(12, text.length, true);
      expect(() => decodePolicy(result)).toThrow(expect.objectContaining({ defect: 'malformed-header' }));
    },
  );
});

describe('the kernels of joint actions', () => {
  it('sum values in place, the last agent fastest, and keep illegal ones at -Infinity', () => {
    const output = new Float64Array(6);
    expandJointSums([[1, 2], [10], [100, Number.NEGATIVE_INFINITY, 300]], output);
    expect([...output]).toEqual([111, -Infinity, 311, 112, -Infinity, 312]);
  });

  it('sum pairs by position', () => {
    // Agents of 2, 2 and 3 actions; first with third: 10 a + c, second with third: 100 for (1, 2).
    const sums = computePairSums(
      [2, 2, 3],
      [
        { first: 0, second: 2, scores: [0, 1, 2, 10, 11, 12] },
        { first: 1, second: 2, scores: [0, 0, 0, 0, 0, 100] },
      ],
    );
    expect([...sums]).toEqual([0, 1, 2, 0, 1, 102, 10, 11, 12, 10, 11, 112]);
  });

  it('report on a joint action without drawing, and refuse weights of 0', () => {
    const chosen = Int32Array.of(1, 0);
    const logs = new Float64Array(2);
    sampleActionChain(Float64Array.of(1, 2, 3, 4), [2, 2], undefined, chosen, logs);
    expect(logs[0]).toBeCloseTo(Math.log(0.7), 12);
    expect(logs[1]).toBeCloseTo(Math.log(3 / 7), 12);
    expect(() => sampleActionChain(new Float64Array(4), [2, 2], random, chosen, logs)).toThrow('weights');
  });
});
