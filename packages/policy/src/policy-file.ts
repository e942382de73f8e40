import { InvalidArgumentError, RppError } from '@rppkit/spec';
import { assertJsonValue, type JsonObject } from './json-value.ts';

/** Applied to each output of a layer; `none` leaves logits as they are. */
export type Activation = 'relu' | 'tanh' | 'none';

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

/** The JSON part of a policy file. */
export interface PolicyHeader {
  readonly format: 'rppkit-policy';
  readonly version: 1;
  /** Floats of one observation. */
  readonly observationSize: number;
  /** In the order in which `act` draws. */
  readonly agents: readonly PolicyAgent[];
  /** Not read here: the toolkit keeps pattern space, domain, encoder states and provenance in it. */
  readonly metadata: JsonObject;
}

/** A policy as data: everything that `createPolicy` needs. */
export interface PolicyFile {
  readonly header: PolicyHeader;
  /** All kernels and biases, addressed by the offsets of the header. */
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
 * the order of the file. Throws `InvalidArgumentError` where an agent has no actions, actions have no agent or an id
 * twice, sizes are not positive or do not fit together, weights are not finite, and metadata hold what JSON cannot.
 */
export function createPolicyFile(options: {
  readonly observationSize: number;
  readonly networks: readonly AgentNetwork[];
  /** Expression ids by agent, as many as the network has outputs. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  readonly metadata?: JsonObject;
}): PolicyFile {
  const { observationSize, networks, actions, metadata = {} } = options;
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
  const weights = new Float32Array(length);
  let offset = 0;
  for (const part of parts) {
    weights.set(part, offset);
    offset += part.length;
  }
  const file: PolicyFile = {
    header: { format: 'rppkit-policy', version: 1, observationSize, agents, metadata },
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
  const bad = file.weights.find((weight) => !Number.isFinite(weight));
  if (bad !== undefined) return { expected: 'finite weights', received: bad };
  return undefined;
}

function isPositiveInteger(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0;
}

function assertLength(argument: string, values: Float32Array, length: number): void {
  if (values.length !== length) throw new InvalidArgumentError(argument, `a Float32Array of length ${length}`, values);
}
