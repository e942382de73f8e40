import { expect, it } from 'vitest';
import { computeAttention } from './compute-attention.ts';

it('mixes the values of a row and those before it by the softmax of the scaled products', () => {
  // Row 1: logits 0 and ln 3, weights 1/4 and 3/4: 2.5 + 15. Row 0 sees itself only.
  const mixed = computeAttention(
    Float32Array.of(1, 1),
    Float32Array.of(0, Math.log(3)),
    Float32Array.of(10, 20),
    2,
    1,
    1,
  );
  expect([...mixed]).toEqual([10, expect.closeTo(17.5, 5)]);
});

it('gives each head its own columns and divides by the root of their number', () => {
  const root = Math.SQRT2;
  const queries = Float32Array.of(0, 0, 0, 0, root, 0, 0, 0);
  const keys = Float32Array.of(0, 7, 1, 2, Math.log(3), 9, 3, 4);
  const values = Float32Array.of(10, 1, 5, 6, 20, 2, 7, 10);
  // Head 0, columns 0 and 1: logits 0 and root x ln 3 / root = ln 3. Head 1: no difference, so the mean.
  const mixed = [...computeAttention(queries, keys, values, 2, 4, 2)];
  expect(mixed.slice(0, 4)).toEqual([10, 1, 5, 6]);
  for (const [column, expected] of [17.5, 1.75, 6, 8].entries()) expect(mixed[4 + column]).toBeCloseTo(expected, 5);
});

it('stays finite for products that exp() cannot take', () => {
  const mixed = computeAttention(Float32Array.of(1, 1000), Float32Array.of(1, 1000), Float32Array.of(3, 4), 2, 1, 1);
  expect([...mixed]).toEqual([3, 4]);
});
