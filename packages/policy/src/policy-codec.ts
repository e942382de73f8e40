import { findPolicyProblem } from './find-policy-problem.ts';
import { formatVersions } from './format-version.ts';
import { type PolicyFile, PolicyFileError } from './policy-file.ts';
import { readPolicyHeader } from './read-policy-header.ts';

/**
 * Layout: 8 magic bytes, format version (uint32), header length in bytes (uint32), header (JSON, UTF-8, padded with
 * spaces to a multiple of 4), weights (float32). All numbers are little-endian.
 */
// As in PNG: the first byte is no text and the line ends show a transfer that rewrote them.
const magic: readonly number[] = [0x89, 0x52, 0x50, 0x50, 0x0d, 0x0a, 0x1a, 0x0a];
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
  const written = view.getUint32(8, true);
  const version = formatVersions.find((known) => known === written);
  if (version === undefined) {
    throw new PolicyFileError(
      'unsupported-version',
      `Expected policy format version ${formatVersions.join(' or ')}, received ${written}. Read it with the @rppkit/policy that wrote it.`,
    );
  }
  const weightsStart = headerStart + view.getUint32(12, true);
  assertAvailable(bytes, weightsStart, 'its header');
  const { header, weightCount } = readPolicyHeader(bytes.subarray(headerStart, weightsStart), version);
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
