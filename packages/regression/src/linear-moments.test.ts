import { expect, it } from 'vitest';
import { addRow, widenMoments } from './linear-moments.ts';

it('adds up the lower triangle of the outer products, and the targets', () => {
  const moments = { gram: new Float64Array(4), moment: new Float64Array(2) };
  addRow(moments, { indices: Int32Array.of(1, 0), values: Float64Array.of(3, 2) }, 10);
  addRow(moments, { indices: Int32Array.of(1), values: Float64Array.of(-1) }, 5);
  expect([...moments.gram]).toEqual([4, 0, 6, 9 + 1]);
  expect([...moments.moment]).toEqual([20, 30 - 5]);
});

it('goes on with more features as if they had always been there', () => {
  const row = { indices: Int32Array.of(0, 1), values: Float64Array.of(2, 3) };
  const later = { indices: Int32Array.of(2, 0), values: Float64Array.of(5, 7) };
  const narrow = { gram: new Float64Array(4), moment: new Float64Array(2) };
  addRow(narrow, row, 1);
  const widened = widenMoments(narrow, 3);
  const wide = { gram: new Float64Array(9), moment: new Float64Array(3) };
  addRow(wide, row, 1);
  expect(widened).toEqual(wide);
  for (const moments of [widened, wide]) addRow(moments, later, 4);
  expect(widened).toEqual(wide);
});
