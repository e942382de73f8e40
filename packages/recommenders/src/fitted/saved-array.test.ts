import { describe, expect, it } from 'vitest';
import { loadArray, type SavedArray, saveArray } from './saved-array.ts';

describe('saved arrays', () => {
  it('hold the bytes little-endian, in base64', () => {
    // 1 is 00 00 80 3f as a float, -2 is fe ff ff ff as an integer.
    expect(saveArray(Float32Array.of(1))).toEqual({ type: 'float32', length: 1, base64: 'AACAPw==' });
    expect(saveArray(Int32Array.of(-2))).toEqual({ type: 'int32', length: 1, base64: '/v///w==' });
  });

  it('come back whole, also from the middle of a buffer and in any length', () => {
    const floats = Float32Array.from({ length: 30_001 }, (_, index) => index / 7).subarray(1);
    expect(loadArray('x', saveArray(floats), 'float32')).toEqual(floats.slice());
    const integers = Int32Array.of(0, -5, 2 ** 31 - 1);
    expect(loadArray('x', saveArray(integers), 'int32')).toEqual(integers);
    expect(loadArray('x', saveArray(new Int32Array(0)), 'int32')).toEqual(new Int32Array(0));
  });

  it('are refused where they were cut or edited', () => {
    const saved = saveArray(Float32Array.of(1, 2));
    const load = (change: Partial<SavedArray>) => () => loadArray('x', { ...saved, ...change }, 'float32');
    expect(load({ type: 'int32' })).toThrow('Expected x to be a saved array of float32');
    expect(load({ length: 3 })).toThrow('Expected x to be 3 float32 numbers in base64');
    expect(load({ base64: '%%%' })).toThrow('Was the file cut or edited?');
    expect(load({ base64: 7 as unknown as string })).toThrow('2 float32 numbers in base64');
    expect(() => loadArray('x', undefined as unknown as SavedArray, 'int32')).toThrow('a saved array of int32');
    const infinite = saveArray(Float32Array.of(0, Number.POSITIVE_INFINITY));
    expect(() => loadArray('x', infinite, 'float32')).toThrow('Expected x[1] to be finite, received Infinity.');
  });
});
