import { InvalidArgumentError, RppError } from '@rppkit/spec';
import { assertJsonValue, type JsonObject } from './json-value.ts';

/** Applied to each output of a layer; `square` takes x to x^2, `none` leaves logits as they are. */
export type Activation = 'relu' | 'tanh' | 'square' | 'none';

/** One fully connected layer, output = activation(input · kernel + bias), with its own arrays. */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** `Float32Array [inputs, outputs]`, row-major. */
  readonly kernel: Float32Array;
  /** `Float32Array [outputs]`. */
  readonly bias: Float32Array;
}

/** The actor of one agent: layers from the observation to one logit an action. */
export interface AgentNetwork {
  readonly name: string;
  readonly layers: readonly DenseLayer[];
}

/** What the actions of two agents are worth together, beyond what each is worth alone. */
export interface PairScores {
  readonly first: string;
  /** Behind `first` in the order of the agents. */
  readonly second: string;
  /** `Float32Array [actions of first, actions of second]`, row-major, in the unit of logits. */
  readonly scores: Float32Array;
}

/** A layer as the header stores it; `weights` and `bias` are offsets, in floats, into the weights of the file. */
export interface StoredDenseLayer {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** Offset of the kernel, `[inputs, outputs]` row-major. */
  readonly weights: number;
  /** Offset of the bias, `[outputs]`. */
  readonly bias: number;
}

/** One agent of a policy file. */
export interface PolicyAgent {
  readonly name: string;
  /** Expression ids: action `i` of the network stands for `actions[i]`. */
  readonly actions: readonly string[];
  readonly layers: readonly StoredDenseLayer[];
}

/** Pair scores as the header stores them; `scores` is an offset, in floats, into the weights of the file. */
export interface StoredPairScores {
  readonly first: string;
  readonly second: string;
  readonly scores: number;
}

/** The JSON part of a policy file. */
export interface PolicyHeader {
  readonly format: 'rppkit-policy';
  /** 2 where there are pairs or an activation `square`, which readers of version 1 do not know. */
  readonly version: 1 | 2;
  /** Floats of one observation. */
  readonly observationSize: number;
  /** In the order in which `act` draws. */
  readonly agents: readonly PolicyAgent[];
  /** Absent: the agents choose independently. */
  readonly pairs?: readonly StoredPairScores[];
  /** Not read here: the toolkit keeps pattern space, domain, encoder states and provenance in it. */
  readonly metadata: JsonObject;
}

/** A policy as data: everything that `createPolicy` needs. */
export interface PolicyFile {
  readonly header: PolicyHeader;
  /** All kernels, biases and pair scores, addressed by the offsets of the header. */
  readonly weights: Float32Array;
}

/** What is wrong with a policy file; a closed list. */
export type PolicyFileDefect =
  | 'wrong-magic'
  | 'unsupported-version'
  | 'truncated'
  | 'malformed-header'
  | 'weights-length';

/** Bytes that are no policy file, or a policy file that contradicts itself. */
export class PolicyFileError extends RppError {
  readonly defect: PolicyFileDefect;

  constructor(defect: PolicyFileDefect, message: string, options?: { readonly cause?: unknown }) {
    super('POLICY_FILE', message, options);
    this.defect = defect;
  }
}

/**
 * Packs networks into a policy file. `networks[i]` and `actions` are joined by agent name; the order of `networks` is
 * the order of the file. With `pairs` the agents choose together: the probability of a joint action is proportional to
 * exp(sum of its logits + sum of its pair scores). Throws `InvalidArgumentError` where an agent has no actions, actions
 * have no agent or an id twice, sizes are not positive or do not fit together, a pair is of one agent, of unknown ones or
 * there twice, weights are not finite, and metadata hold what JSON cannot.
 */
export function createPolicyFile(options: {
  readonly observationSize: number;
  readonly networks: readonly AgentNetwork[];
  /** Expression ids by agent, as many as the network has outputs. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** Default: none, the agents choose independently. */
  readonly pairs?: readonly PairScores[];
  readonly metadata?: JsonObject;
}): PolicyFile {
  const { observationSize, networks, actions, pairs = [], metadata = {} } = options;
  assertJsonValue('metadata', metadata);
  const parts: Float32Array[] = [];
  let length = 0;
  const store = (values: Float32Array): number => {
    const offset = length;
    parts.push(values);
    length += values.length;
    return offset;
  };
  const agents = networks.map(({ name, layers }): PolicyAgent => {
    const ids = actions[name];
    if (ids === undefined) throw new InvalidArgumentError(`actions.${name}`, 'the expression ids of this agent', ids);
    return {
      name,
      actions: [...ids],
      layers: layers.map((layer) => {
        const { kind, inputs, outputs, activation, kernel, bias } = layer;
        assertLength(`${name}: kernel`, kernel, inputs * outputs);
        assertLength(`${name}: bias`, bias, outputs);
        return { kind, inputs, outputs, activation, weights: store(kernel), bias: store(bias) };
      }),
    };
  });
  for (const name of Object.keys(actions)) {
    if (agents.some((agent) => agent.name === name)) continue;
    throw new InvalidArgumentError('actions', `of the agents ${agents.map((agent) => agent.name).join(', ')}`, name);
  }
  const stored = pairs.map(({ first, second, scores }): StoredPairScores => {
    const [rows, columns] = [first, second].map((name) => agents.find((agent) => agent.name === name)?.actions.length);
    if (rows !== undefined && columns !== undefined) assertLength(`pairs: ${first}, ${second}`, scores, rows * columns);
    return { first, second, scores: store(scores) };
  });
  const isPlain = stored.length === 0 && !agents.some(usesSquare);
  const weights = new Float32Array(length);
  let offset = 0;
  for (const part of parts) {
    weights.set(part, offset);
    offset += part.length;
  }
  const file: PolicyFile = {
    header: {
      format: 'rppkit-policy',
      version: isPlain ? 1 : 2,
      observationSize,
      agents,
      ...(stored.length > 0 && { pairs: stored }),
      metadata,
    },
    weights,
  };
  const problem = findPolicyProblem(file);
  if (problem !== undefined) throw new InvalidArgumentError('networks', problem.expected, problem.received);
  return file;
}

/** The first contradiction inside a policy file whose fields have the right types, or undefined. */
export function findPolicyProblem(
  file: PolicyFile,
): { readonly expected: string; readonly received: unknown } | undefined {
  const { observationSize, agents } = file.header;
  if (!isPositiveInteger(observationSize)) return { expected: 'a positive observationSize', received: observationSize };
  if (agents.length === 0) return { expected: 'at least one agent', received: agents };
  if (new Set(agents.map(({ name }) => name)).size !== agents.length) {
    return { expected: 'agents with different names', received: agents.map(({ name }) => name).join(', ') };
  }
  for (const { name, actions, layers } of agents) {
    let width = observationSize;
    for (const [index, layer] of layers.entries()) {
      const empty = [layer.inputs, layer.outputs].find((size) => !isPositiveInteger(size));
      if (empty !== undefined)
        return { expected: `layer ${index} of ${name} to have at least one input and one output`, received: empty };
      if (layer.inputs !== width)
        return { expected: `layer ${index} of ${name} to have ${width} inputs`, received: layer.inputs };
      const end = Math.max(layer.weights + layer.inputs * layer.outputs, layer.bias + layer.outputs);
      if (end > file.weights.length)
        return { expected: `at least ${end} weights for ${name}`, received: file.weights.length };
      width = layer.outputs;
    }
    if (layers.length === 0) return { expected: `${name} to have at least one layer`, received: 0 };
    if (actions.length !== width) {
      return {
        expected: `${name} to have as many actions as its network has outputs (${width})`,
        received: actions.length,
      };
    }
    const repeated = actions.find((id, index) => actions.indexOf(id) !== index);
    if (repeated !== undefined) return { expected: `${name} to have different actions`, received: repeated };
  }
  const problem = findPairProblem(file);
  if (problem !== undefined) return problem;
  if (file.header.version === 1 && (file.header.pairs !== undefined || agents.some(usesSquare))) {
    return { expected: 'version 2 for pairs and squares', received: 1 };
  }
  const bad = file.weights.find((weight) => !Number.isFinite(weight));
  if (bad !== undefined) return { expected: 'finite weights', received: bad };
  return undefined;
}

/** Joint actions of a file with pairs at most: each of them is looked at for every row. */
const mostJointActions = 2 ** 20;

function findPairProblem({ header: { agents, pairs }, weights }: PolicyFile): ReturnType<typeof findPolicyProblem> {
  if (pairs === undefined) return undefined;
  if (pairs.length === 0) return { expected: 'at least one pair, or none at all', received: pairs };
  const seen = new Set<string>();
  for (const { first, second, scores } of pairs) {
    const [left, right] = [first, second].map((name) => agents.findIndex((agent) => agent.name === name)) as [
      number,
      number,
    ];
    if (left < 0 || right <= left)
      return { expected: 'pairs of two agents, in the order of the agents', received: `${first}, ${second}` };
    const key = `${left} ${right}`;
    if (seen.has(key)) return { expected: 'every pair once', received: `${first}, ${second}` };
    seen.add(key);
    const end = scores + agents[left]!.actions.length * agents[right]!.actions.length;
    if (end > weights.length)
      return { expected: `at least ${end} weights for ${first}, ${second}`, received: weights.length };
  }
  const joint = agents.reduce((product, { actions }) => product * actions.length, 1);
  if (joint > mostJointActions)
    return { expected: `at most ${mostJointActions} joint actions with pairs`, received: joint };
  return undefined;
}

function usesSquare({ layers }: PolicyAgent): boolean {
  return layers.some(({ activation }) => activation === 'square');
}

function isPositiveInteger(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0;
}

function assertLength(argument: string, values: Float32Array, length: number): void {
  if (values.length !== length) throw new InvalidArgumentError(argument, `a Float32Array of length ${length}`, values);
}
