import type { Activation } from './agent-layers.ts';
import type { JsonObject } from './json-value.ts';
import type { StoredLayer } from './layers/stored-layer.ts';
import { type PolicyAgent, PolicyFileError, type PolicyHeader, type StoredPairScores } from './policy-file.ts';

/**
 * Reads the header of a policy file and the number of its weights; whether its parts fit together is for
 * `findPolicyProblem` to say. Throws `PolicyFileError`, which names the field, for a missing one or one of another type.
 */
export function readPolicyHeader(
  bytes: Uint8Array,
  version: PolicyHeader['version'],
): { readonly header: PolicyHeader; readonly weightCount: number } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PolicyFileError(
      'malformed-header',
      'Expected the policy header to be JSON in UTF-8, received other text.',
      { cause },
    );
  }
  const header = asObject(parsed, 'header');
  if (header.format !== 'rppkit-policy') throw malformed('format', '"rppkit-policy"');
  if (header.version !== version) throw malformed('version', String(version));
  return {
    header: {
      format: 'rppkit-policy',
      version,
      observationSize: asCount(header.observationSize, 'observationSize'),
      agents: asArray(header.agents, 'agents').map(readAgent),
      ...(header.pairs !== undefined && { pairs: asArray(header.pairs, 'pairs').map(readPair) }),
      // JSON.parse yields nothing else.
      metadata: asObject(header.metadata, 'metadata') as JsonObject,
    },
    weightCount: asCount(header.weightCount, 'weightCount'),
  };
}

function readAgent(value: unknown): PolicyAgent {
  const agent = asObject(value, 'agent');
  return {
    name: asText(agent.name, 'agent.name'),
    actions: asArray(agent.actions, 'agent.actions').map((action) => asText(action, 'agent.actions')),
    layers: asArray(agent.layers, 'agent.layers').map(readLayer),
  };
}

function readPair(value: unknown): StoredPairScores {
  const pair = asObject(value, 'pair');
  return {
    first: asText(pair.first, 'pair.first'),
    second: asText(pair.second, 'pair.second'),
    scores: asCount(pair.scores, 'pair.scores'),
  };
}

function readLayer(value: unknown): StoredLayer {
  const layer = asObject(value, 'layer');
  const count = (field: string): number => asCount(layer[field], `layer.${field}`);
  switch (layer.kind) {
    case 'dense':
      return {
        kind: layer.kind,
        inputs: count('inputs'),
        outputs: count('outputs'),
        activation: asActivation(layer.activation, 'layer.activation'),
        weights: count('weights'),
        bias: count('bias'),
      };
    case 'layer-norm':
      return {
        kind: layer.kind,
        size: count('size'),
        activation: asActivation(layer.activation, 'layer.activation'),
        epsilon: asNumber(layer.epsilon, 'layer.epsilon'),
        gain: count('gain'),
        shift: count('shift'),
      };
    case 'gru':
      return {
        kind: layer.kind,
        inputs: count('inputs'),
        offset: count('offset'),
        steps: count('steps'),
        size: count('size'),
        hidden: count('hidden'),
        kernel: count('kernel'),
        recurrentKernel: count('recurrentKernel'),
        bias: count('bias'),
        recurrentBias: count('recurrentBias'),
      };
    default:
      throw malformed('layer.kind', '"dense", "layer-norm" or "gru"');
  }
}

function asActivation(value: unknown, field: string): Activation {
  if (value !== 'relu' && value !== 'tanh' && value !== 'square' && value !== 'none')
    throw malformed(field, '"relu", "tanh", "square" or "none"');
  return value;
}

function asNumber(value: unknown, field: string): number {
  if (typeof value !== 'number') throw malformed(field, 'a number');
  return value;
}

function asObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field, 'an object');
  return value as Record<string, unknown>;
}

function asArray(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(field, 'an array');
  return value;
}

function asText(value: unknown, field: string): string {
  if (typeof value !== 'string') throw malformed(field, 'a string');
  return value;
}

function asCount(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw malformed(field, 'a non-negative integer');
  return value;
}

function malformed(field: string, expected: string): PolicyFileError {
  return new PolicyFileError(
    'malformed-header',
    `Expected ${field} of the policy header to be ${expected}, received something else.`,
  );
}
