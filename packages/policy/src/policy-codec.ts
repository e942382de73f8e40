import type { JsonObject } from './json-value.ts';
import {
  findPolicyProblem,
  type PolicyAgent,
  type PolicyFile,
  PolicyFileError,
  type PolicyHeader,
  type StoredDenseLayer,
  type StoredPairScores,
} from './policy-file.ts';

/**
 * Layout: 8 magic bytes, format version (uint32), header length in bytes (uint32), header (JSON, UTF-8, padded with
 * spaces to a multiple of 4), weights (float32). All numbers are little-endian.
 */
// As in PNG: the first byte is no text and the line ends show a transfer that rewrote them.
const magic: readonly number[] = [0x89, 0x52, 0x50, 0x50, 0x0d, 0x0a, 0x1a, 0x0a];
/** Version 2 added pairs of agents and the activation `square`. Files without them stay version 1, byte for byte. */
const formatVersions: readonly number[] = [1, 2];
const headerStart = 16;

/** Writes a policy as bytes; the same policy always gives the same bytes. Throws `PolicyFileError` where it contradicts itself. */
export function encodePolicy(file: PolicyFile): Uint8Array {
  assertConsistent(file);
  const header = { ...file.header, weightCount: file.weights.length };
  let text = new TextEncoder().encode(JSON.stringify(header));
  if (text.length % 4 !== 0) {
    const padded = new Uint8Array(text.length + 4 - (text.length % 4)).fill(0x20);
    padded.set(text);
    text = padded;
  }
  const bytes = new Uint8Array(headerStart + text.length + 4 * file.weights.length);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, header.version, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, headerStart);
  const weightsStart = headerStart + text.length;
  for (const [index, weight] of file.weights.entries()) view.setFloat32(weightsStart + 4 * index, weight, true);
  return bytes;
}

/** Reads what `encodePolicy` wrote. Throws `PolicyFileError`, whose `defect` says what is wrong with the bytes. */
export function decodePolicy(bytes: Uint8Array): PolicyFile {
  if (magic.some((value, index) => index < bytes.length && bytes[index] !== value)) {
    throw new PolicyFileError(
      'wrong-magic',
      'Expected an rppkit policy file, received other bytes. Pass a file written by encodePolicy.',
    );
  }
  assertAvailable(bytes, headerStart, 'its fixed fields');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (!formatVersions.includes(version)) {
    throw new PolicyFileError(
      'unsupported-version',
      `Expected policy format version ${formatVersions.join(' or ')}, received ${version}. Read it with the @rppkit/policy that wrote it.`,
    );
  }
  const weightsStart = headerStart + view.getUint32(12, true);
  assertAvailable(bytes, weightsStart, 'its header');
  const { header, weightCount } = readHeader(bytes.subarray(headerStart, weightsStart), version);
  assertAvailable(bytes, weightsStart + 4 * weightCount, 'its weights');
  if (bytes.length !== weightsStart + 4 * weightCount) {
    throw new PolicyFileError(
      'weights-length',
      `Expected ${4 * weightCount} bytes of weights, received ${bytes.length - weightsStart}. The file was changed after it was written.`,
    );
  }
  const weights = new Float32Array(weightCount);
  for (let index = 0; index < weightCount; index++) weights[index] = view.getFloat32(weightsStart + 4 * index, true);
  const file: PolicyFile = { header, weights };
  assertConsistent(file);
  return file;
}

function assertAvailable(bytes: Uint8Array, needed: number, part: string): void {
  if (bytes.length >= needed) return;
  throw new PolicyFileError(
    'truncated',
    `Expected ${needed} bytes for the policy file up to the end of ${part}, received ${bytes.length}. Copy the whole file.`,
  );
}

function assertConsistent(file: PolicyFile): void {
  const problem = findPolicyProblem(file);
  if (problem === undefined) return;
  throw new PolicyFileError(
    'malformed-header',
    `Expected ${problem.expected}, received ${String(problem.received)}. Write the policy again with createPolicyFile and encodePolicy.`,
  );
}

function readHeader(
  bytes: Uint8Array,
  version: number,
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
      version: version as PolicyHeader['version'],
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

function readLayer(value: unknown): StoredDenseLayer {
  const layer = asObject(value, 'layer');
  const { kind, activation } = layer;
  if (kind !== 'dense') throw malformed('layer.kind', '"dense"');
  if (activation !== 'relu' && activation !== 'tanh' && activation !== 'square' && activation !== 'none') {
    throw malformed('layer.activation', '"relu", "tanh", "square" or "none"');
  }
  return {
    kind,
    inputs: asCount(layer.inputs, 'layer.inputs'),
    outputs: asCount(layer.outputs, 'layer.outputs'),
    activation,
    weights: asCount(layer.weights, 'layer.weights'),
    bias: asCount(layer.bias, 'layer.bias'),
  };
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
