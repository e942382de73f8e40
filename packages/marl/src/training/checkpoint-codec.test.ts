import { InvalidArgumentError, RppError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-codec.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { computeCrc32 } from './compute-crc32.ts';

const learner = {
  learner: 'maa2c',
  version: 1,
  updates: 3,
  optimizerSteps: [3, 2],
  tensors: [
    { shape: [2, 2], values: Float32Array.of(1, -0, Number.NaN, 1e-45) },
    { shape: [], values: Float32Array.of(Number.NEGATIVE_INFINITY) },
  ],
} as const;
const checkpoint: Checkpoint = {
  version: 1,
  learner: {
    ...learner,
    extra: { replay: [{ rewards: Float32Array.of(0.1), masks: { a: Uint8Array.of(1, 0) } }, []] },
  },
  training: {
    updates: 3,
    episodes: 6,
    calls: 7,
    mostCalls: 4,
    randomKey: [1, 4294967295],
    evaluation: { update: 2, unimproved: 1, reference: -0.5, best: { update: 1, meanReward: -0.5, learner } },
  },
};

/** The same bytes with a checksum that fits them. */
function sign(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - 4;
  new DataView(bytes.buffer).setUint32(end, computeCrc32(bytes.subarray(0, end)), true);
  return bytes;
}

/** A signed file with this header and no data. */
function writeFile(header: string | Uint8Array): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(24 + text.length + 4);
  bytes.set(encodeCheckpoint(checkpoint).subarray(0, 12));
  new DataView(bytes.buffer).setUint32(12, text.length, true);
  bytes.set(text, 24);
  return sign(bytes);
}

const readDefect = (bytes: Uint8Array): string => {
  try {
    decodeCheckpoint(bytes);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    expect(RppError.isInstance(error)).toBe(true);
    expect((error as CheckpointError).message).toMatch(/^Expected .*received /);
    return (error as CheckpointError).defect;
  }
};

describe('encodeCheckpoint', () => {
  it('gives back what it was given', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
    expect(encodeCheckpoint(decodeCheckpoint(encodeCheckpoint(checkpoint)))).toEqual(encodeCheckpoint(checkpoint));
  });

  it('holds numbers as little-endian bytes after the header, and their checksum at the end', () => {
    const extra = [Float32Array.of(1), Int16Array.of(-2), Float64Array.of(1)];
    const bytes = encodeCheckpoint({
      ...checkpoint,
      learner: { ...learner, tensors: [], extra },
      training: { ...checkpoint.training, evaluation: { update: 2, unimproved: 0 } },
    });
    expect([...bytes.subarray(-18, -4)]).toEqual([0, 0, 0x80, 0x3f, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
    const view = new DataView(bytes.buffer);
    expect(view.getFloat64(16, true)).toBe(14);
    expect(view.getUint32(bytes.length - 4, true)).toBe(computeCrc32(bytes.subarray(0, -4)));
  });

  it('reads bytes that lie inside a larger buffer', () => {
    const bytes = encodeCheckpoint(checkpoint);
    const larger = new Uint8Array(bytes.length + 10).fill(7);
    larger.set(bytes, 3);
    expect(decodeCheckpoint(larger.subarray(3, 3 + bytes.length))).toEqual(checkpoint);
    expect(decodeCheckpoint(Buffer.from(bytes))).toEqual(checkpoint);
  });

  it('gives arrays that do not share their memory with the bytes', () => {
    const bytes = encodeCheckpoint(checkpoint);
    const decoded = decodeCheckpoint(bytes);
    bytes.fill(0);
    expect(decoded).toEqual(checkpoint);
  });

  it('refuses what is no plain data, with the path to it', () => {
    const encode = (extra: unknown): Uint8Array => encodeCheckpoint({ ...checkpoint, learner: { ...learner, extra } });
    const rows = { rows: [1, new Map()] };
    expect(() => encode(rows)).toThrow(InvalidArgumentError);
    expect(() => encode(rows)).toThrow('Expected checkpoint.learner.extra.rows[1] to be plain data');
    for (const value of [() => 1, Symbol('a'), 1n, new Date(0), new DataView(new ArrayBuffer(1)), BigInt64Array.of(1n)])
      expect(() => encode(value)).toThrow(/Expected checkpoint.learner.extra to be plain data/);
  });
});

describe('decodeCheckpoint', () => {
  it('refuses every cut of the bytes', () => {
    const bytes = encodeCheckpoint(checkpoint);
    for (let length = 0; length < bytes.length; length++)
      expect(readDefect(bytes.subarray(0, length)), `${length} bytes`).toBe('truncated');
  });

  it('refuses every change of a byte', () => {
    const bytes = encodeCheckpoint(checkpoint);
    for (const [at, byte] of bytes.entries()) {
      const defect = readDefect(bytes.with(at, byte ^ 0x10));
      if (at < 8) expect(defect).toBe('wrong-magic');
      else if (at < 12) expect(defect).toBe('unsupported-version');
      // A changed length may ask for more bytes than there are.
      else expect(defect === 'changed' || (at < 24 && defect === 'truncated'), `byte ${at}: ${defect}`).toBe(true);
    }
  });

  it('refuses bytes after the end', () => {
    expect(readDefect(Uint8Array.of(...encodeCheckpoint(checkpoint), 0))).toBe('changed');
  });

  it('refuses a length that is no count', () => {
    const bytes = encodeCheckpoint(checkpoint);
    for (const length of [Number.NaN, -1, 0.5]) {
      new DataView(bytes.buffer).setFloat64(16, length, true);
      expect(readDefect(bytes)).toBe('changed');
    }
  });

  it('says which version it reads', () => {
    const bytes = encodeCheckpoint(checkpoint);
    bytes[8] = 2;
    expect(() => decodeCheckpoint(sign(bytes))).toThrow('Expected checkpoint format version 1, received 2');
  });

  it('refuses foreign bytes', () => {
    expect(readDefect(new TextEncoder().encode('{"version":1}'))).toBe('wrong-magic');
  });

  const training = '{"updates":1,"episodes":1,"calls":1,"mostCalls":1,"randomKey":[1,2]}';
  const state = '{"tensors":[],"optimizerSteps":[]}';

  it('reads a header that another writer could have written', () => {
    expect(readDefect(writeFile(`{"version":1,"learner":${state},"training":${training}}`))).toBe('none');
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['another version', `{"version":2,"learner":${state},"training":${training}}`],
    ['no learner', `{"version":1,"training":${training}}`],
    ['no tensors', `{"version":1,"learner":{"optimizerSteps":[]},"training":${training}}`],
    ['no steps of optimisers', `{"version":1,"learner":{"tensors":[]},"training":${training}}`],
    ['no training', `{"version":1,"learner":${state}}`],
    ['half a count', `{"version":1,"learner":${state},"training":${training.replace('"calls":1', '"calls":0.5')}}`],
    ['a negative count', `{"version":1,"learner":${state},"training":${training.replace('"calls":1', '"calls":-1')}}`],
    ['a key of one number', `{"version":1,"learner":${state},"training":${training.replace('[1,2]', '[1]')}}`],
    ['no history', `{"version":1,"learner":${state},"training":${training.replace('}', ',"evaluation":1}')}}`],
    ['an unknown number', '{"version":{"$number":"one"}}'],
    ['an unknown array', '{"version":{"$array":["Map",0,0]}}'],
    ['an array that is none', '{"version":{"$array":"Float32Array"}}'],
    ['an array without a length', '{"version":{"$array":["Float32Array",0]}}'],
    ['an array of negative length', '{"version":{"$array":["Float32Array",0,-1]}}'],
    ['an array before the data', '{"version":{"$array":["Float32Array",-4,1]}}'],
    ['an array outside the data', '{"version":{"$array":["Float32Array",0,1]}}'],
  ])('refuses content with %s, though its checksum fits', (_, header) => {
    expect(readDefect(writeFile(header))).toBe('malformed-content');
  });

  it('refuses a header that is not UTF-8', () => {
    expect(readDefect(writeFile(Uint8Array.of(0xff)))).toBe('malformed-content');
  });
});

describe('the round trip of what a learner keeps', () => {
  const arrays = fc.oneof(
    fc.float32Array(),
    fc.float64Array(),
    fc.int8Array(),
    fc.uint8Array(),
    fc.uint8ClampedArray(),
    fc.int16Array(),
    fc.uint16Array(),
    fc.int32Array(),
    fc.uint32Array(),
  );
  const { extra } = fc.letrec((tie) => ({
    extra: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, true, ''),
      arrays,
      fc.array(tie('extra')),
      fc.dictionary(
        fc.oneof(
          fc.string(),
          fc.constantFrom('$array', '$number', '$undefined', '$$', '$', '__proto__', 'constructor'),
        ),
        tie('extra'),
      ),
    ),
  }));

  it('changes nothing, at any nesting', () => {
    fc.assert(
      fc.property(extra, (value) => {
        const decoded = decodeCheckpoint(encodeCheckpoint({ ...checkpoint, learner: { ...learner, extra: value } }));
        expect(decoded.learner.extra).toEqual(value);
        expect(Object.is(decoded.learner.extra, -0)).toBe(Object.is(value, -0));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps lone surrogates, holes of arrays and typed arrays that are views', () => {
    const view = new Float32Array(Float32Array.of(1, 2, 3, 4).buffer, 4, 2);
    const value = ['\ud800', new Array(2), view];
    const decoded = decodeCheckpoint(encodeCheckpoint({ ...checkpoint, learner: { ...learner, extra: value } }));
    expect(decoded.learner.extra).toEqual(['\ud800', [undefined, undefined], Float32Array.of(2, 3)]);
  });
});

describe('computeCrc32', () => {
  it('gives the published check value', () => {
    // "Check" of CRC-32/ISO-HDLC: the checksum of the digits 1 to 9.
    expect(computeCrc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(computeCrc32(new Uint8Array())).toBe(0);
  });
});
