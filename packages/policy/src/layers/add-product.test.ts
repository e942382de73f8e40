import { describe, expect, it } from 'vitest';
import { addProduct } from './add-product.ts';

describe('addProduct', () => {
  // Rows 1 2, 3 4, 5 6, 7 8, 9 10, 11 12.
  const kernel = Float32Array.from({ length: 12 }, (_, index) => index + 1);

  it.each<[readonly number[], readonly [number, number]]>([
    // 1 + 6 + 15 + 28 + 45 + 66 and 2 + 8 + 18 + 32 + 50 + 72, on top of 100 and 200.
    [
      [1, 2, 3, 4, 5, 6],
      [261, 382],
    ],
    [
      [0, 0, 0, 0, 5, 6],
      [211, 322],
    ],
    [
      [0, 0, 0, 4, 0, 6],
      [194, 304],
    ],
    [
      [0, 0, 3, 0, 5, 0],
      [160, 268],
    ],
    [
      [0, 2, 0, 0, 0, 0],
      [106, 208],
    ],
    [
      [1, 0, 0, 0, 0, 0],
      [101, 202],
    ],
    // Fewer values than are taken at once.
    [
      [1, 2, 3],
      [122, 228],
    ],
    [[], [100, 200]],
  ])('adds %j times the kernel', (values, expected) => {
    const sums = Float64Array.of(100, 200);
    addProduct(sums, Float64Array.of(9, 9, ...values, 9), 2, values.length, kernel);
    expect([...sums]).toEqual(expected);
  });
});
