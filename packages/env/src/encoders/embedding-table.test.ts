import type { EmbeddingTable } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeTableState, createEmbeddingTable, type EmbeddingTableState } from './embedding-table.ts';
import { decodeFloat32Base64, encodeFloat32Base64 } from './float32-base64.ts';

function createTable(dimensions: number, vectors: Readonly<Record<string, readonly number[]>>): EmbeddingTable {
  const map = new Map(Object.entries(vectors).map(([id, vector]) => [id, Float32Array.from(vector)]));
  return { dimensions, get: (id) => map.get(id) };
}

describe('float32 as base64', () => {
  it('is little-endian bytes, as worked by hand', () => {
    // 1 = 0x3f800000, -2 = 0xc0000000: bytes 00 00 80 3f 00 00 00 c0.
    expect(encodeFloat32Base64(Float32Array.of(1, -2))).toBe('AACAPwAAAMA=');
    expect([...decodeFloat32Base64('v', 'AACAPwAAAMA=', 2)]).toEqual([1, -2]);
  });

  it('gives back every finite float', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 5000 }), (values) => {
        const restored = decodeFloat32Base64('v', encodeFloat32Base64(values), values.length);
        expect(new Uint32Array(restored.buffer)).toEqual(new Uint32Array(values.slice().buffer));
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['AACAPw==', 2],
    ['AACA', 1],
    ['no base64!', 1],
    [undefined, 1],
    [7, 1],
  ])('rejects %o', (text, length) => {
    expect(() => decodeFloat32Base64('state.vectors', text, length)).toThrow(
      `Expected state.vectors to be ${length} 32-bit floats in base64`,
    );
  });

  it('rejects a float that is not finite', () => {
    const text = encodeFloat32Base64(Float32Array.of(1, Number.NaN));
    expect(() => decodeFloat32Base64('state.vectors', text, 2)).toThrow('state.vectors, float 1, to be finite');
  });
});

describe('computeTableState and createEmbeddingTable', () => {
  const table = createTable(2, { a: [1, 2], b: [3, 4], constructor: [5, 6] });

  it('keep the vectors of known ids, each once', () => {
    const state = computeTableState(table, ['b', 'nobody', 'constructor', 'b']);
    expect(state).toMatchObject({ dimensions: 2, ids: ['b', 'constructor'] });
    const restored = createEmbeddingTable(JSON.parse(JSON.stringify(state)));
    expect(restored.dimensions).toBe(2);
    expect(restored.get('b')).toEqual(Float32Array.of(3, 4));
    expect(restored.get('constructor')).toEqual(Float32Array.of(5, 6));
    expect(restored.get('a')).toBeUndefined();
    expect(restored.get('toString')).toBeUndefined();
  });

  it('reject vectors of another length or with NaN', () => {
    const message = 'Expected the vector of "a" to be 2 finite floats';
    expect(() => computeTableState(createTable(2, { a: [1] }), ['a'])).toThrow(message);
    expect(() => computeTableState(createTable(2, { a: [1, Number.NaN] }), ['a'])).toThrow(message);
    expect(() => computeTableState(createTable(0, {}), [])).toThrow('table.dimensions');
  });

  it.each([
    [null, 'Expected items to be an object'],
    [{ dimensions: 1.5 }, 'Expected items.dimensions to be a positive integer, received 1.5'],
    [{ dimensions: 2 }, 'Expected items.ids to be a list of texts'],
    [{ dimensions: 2, ids: [1] }, 'Expected items.ids to be a list of texts'],
    [{ dimensions: 2, ids: ['a', 'a'] }, 'Expected items.ids to be distinct'],
    [{ dimensions: 2, ids: ['a'], vectors: '' }, 'Expected items.vectors to be 2 32-bit floats'],
  ])('reject the state %o', (state, message) => {
    expect(() => createEmbeddingTable(state as EmbeddingTableState, 'items')).toThrow(message);
  });
});
