import type { Checkpoint } from './checkpoint.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { computeCrc32 } from './compute-crc32.ts';
import { packData, unpackData } from './packed-data.ts';

/**
 * Layout: 8 magic bytes, format version (uint32), header length in bytes (uint32), data length in bytes (float64), header
 * (JSON, UTF-8), data (the typed arrays), CRC-32 of all bytes before it (uint32). All numbers are little-endian.
 */
// As in PNG: the first byte is no text and the line ends show a transfer that rewrote them.
const magic: readonly number[] = [0x89, 0x52, 0x50, 0x54, 0x0d, 0x0a, 0x1a, 0x0a];
const formatVersion = 1;
const headerStart = 24;
const checksumLength = 4;

/**
 * Writes a checkpoint as bytes; the same checkpoint always gives the same bytes. Throws `InvalidArgumentError` where the
 * learner's state holds anything but plain data.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const packed = packData(checkpoint, 'checkpoint');
  const header = new TextEncoder().encode(packed.json);
  const dataStart = headerStart + header.length;
  const end = dataStart + packed.bytes.length;
  const bytes = new Uint8Array(end + checksumLength);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, header.length, true);
  view.setFloat64(16, packed.bytes.length, true);
  bytes.set(header, headerStart);
  bytes.set(packed.bytes, dataStart);
  view.setUint32(end, computeCrc32(bytes.subarray(0, end)), true);
  return bytes;
}

/** Reads what `encodeCheckpoint` wrote. Throws `CheckpointError`, whose `defect` says what is wrong with the bytes. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  if (magic.some((value, index) => index < bytes.length && bytes[index] !== value)) {
    throw new CheckpointError(
      'wrong-magic',
      'Expected an rppkit checkpoint, received other bytes. Pass what encodeCheckpoint wrote.',
    );
  }
  assertAvailable(bytes, headerStart, 'its fixed fields');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== formatVersion) {
    throw new CheckpointError(
      'unsupported-version',
      `Expected checkpoint format version ${formatVersion}, received ${version}. Read it with the @rppkit/marl that wrote it.`,
    );
  }
  const dataStart = headerStart + view.getUint32(12, true);
  const dataLength = view.getFloat64(16, true);
  if (!(Number.isSafeInteger(dataLength) && dataLength >= 0)) throw changed('a length that is a count', dataLength);
  const end = dataStart + dataLength;
  assertAvailable(bytes, end + checksumLength, 'its checksum');
  if (bytes.length > end + checksumLength) throw changed(`${end + checksumLength} bytes`, bytes.length);
  const checksum = view.getUint32(end, true);
  const computed = computeCrc32(bytes.subarray(0, end));
  if (checksum !== computed) throw changed(`bytes with the checksum ${checksum}`, computed);
  return readContent(bytes.subarray(headerStart, dataStart), bytes.subarray(dataStart, end));
}

function readContent(header: Uint8Array, data: Uint8Array): Checkpoint {
  let content: unknown;
  try {
    content = unpackData({ json: new TextDecoder('utf-8', { fatal: true }).decode(header), bytes: data });
  } catch (cause) {
    throw new CheckpointError(
      'malformed-content',
      'Expected the content of a checkpoint as encodeCheckpoint writes it, received something else.',
      { cause },
    );
  }
  assertCheckpoint(content);
  return content;
}

/** Looks at what `train` reads; `load` of the learner looks at its state. */
function assertCheckpoint(content: unknown): asserts content is Checkpoint {
  const { version, learner, training } = asObject(content, 'the content');
  if (version !== 1) throw malformed('version', '1');
  const { tensors, optimizerSteps } = asObject(learner, 'learner');
  if (!Array.isArray(tensors) || !Array.isArray(optimizerSteps)) throw malformed('learner', 'the state of a learner');
  const state = asObject(training, 'training');
  for (const counter of ['updates', 'episodes', 'calls', 'mostCalls']) {
    const value = state[counter];
    if (!(Number.isSafeInteger(value) && (value as number) >= 0))
      throw malformed(`training.${counter}`, 'a non-negative integer');
  }
  const key = state['randomKey'];
  if (!(Array.isArray(key) && key.length === 2)) throw malformed('training.randomKey', 'two numbers');
  if (state['evaluation'] !== undefined) asObject(state['evaluation'], 'training.evaluation');
}

function asObject(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field, 'an object');
  return value as Record<string, unknown>;
}

function assertAvailable(bytes: Uint8Array, needed: number, part: string): void {
  if (bytes.length >= needed) return;
  throw new CheckpointError(
    'truncated',
    `Expected ${needed} bytes for the checkpoint up to the end of ${part}, received ${bytes.length}. Copy the whole file.`,
  );
}

function changed(expected: string, received: number): CheckpointError {
  return new CheckpointError(
    'changed',
    `Expected a checkpoint of ${expected}, received ${received}. The bytes were changed after they were written.`,
  );
}

function malformed(field: string, expected: string): CheckpointError {
  return new CheckpointError(
    'malformed-content',
    `Expected ${field} of the checkpoint to be ${expected}, received something else.`,
  );
}
