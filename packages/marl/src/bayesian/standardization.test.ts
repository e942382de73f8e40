import { addRow } from '@rppkit/regression';
import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { computeStandardization, standardizeGram, standardizeMoment, unstandardizeWeights } from './standardization.ts';

// Rows (1, x, y), and for every second row the same once more as a block of its own.
const starts = [0, 3];
const random = createRandomStream(1);
const rows = Array.from({ length: 400 }, (_, row) => {
  const values = [1, 1000 + 30 * random.normal(), 0.001 * random.normal()];
  return { values, both: row % 2 === 0, target: random.normal() };
});

function accumulate(change: (value: number, index: number) => number): { gram: Float64Array; moment: Float64Array } {
  const moments = { gram: new Float64Array(36), moment: new Float64Array(6) };
  for (const { values, both, target } of rows) {
    const own = values.map(change);
    const indices = Int32Array.from(both ? [0, 1, 2, 3, 4, 5] : [0, 1, 2]);
    addRow(moments, { indices, values: Float64Array.from(both ? [...own, ...own] : own) }, target);
  }
  return moments;
}

it('gives the moments that standardised rows would have given', () => {
  const raw = accumulate((value) => value);
  const standardization = computeStandardization(raw.gram, 6, 2);
  const { center, scale } = standardization;
  const expected = accumulate((value, index) =>
    index === 0 ? value : (value - center[index - 1]!) / scale[index - 1]!,
  );
  const gram = standardizeGram(raw.gram, starts, standardization);
  standardizeMoment(raw.moment, starts, standardization);
  for (let row = 0; row < 6; row++) {
    expect(raw.moment[row]).toBeCloseTo(expected.moment[row]!, 6);
    for (let column = 0; column <= row; column++) {
      expect(gram[row * 6 + column]).toBeCloseTo(expected.gram[row * 6 + column]!, 5);
      expect(gram[column * 6 + row]).toBeCloseTo(expected.gram[row * 6 + column]!, 5);
    }
  }
  for (const index of [1, 2]) {
    expect(gram[index * 6]).toBeCloseTo(0, 5);
    expect(gram[index * 6 + index]! / rows.length).toBeCloseTo(1, 6);
  }
});

it('turns weights back so that values keep their worth', () => {
  const standardization = computeStandardization(accumulate((value) => value).gram, 6, 2);
  const { center, scale } = standardization;
  const weights = Float64Array.of(1, 2, 3, 4, 5, 6);
  const raw = weights.slice();
  unstandardizeWeights(raw, starts, standardization);
  const [, x, y] = rows[0]!.values as [number, number, number];
  const standardized = [1, (x - center[0]!) / scale[0]!, (y - center[1]!) / scale[1]!];
  const worth = (own: Float64Array, values: readonly number[]): number =>
    [...values, ...values].reduce((sum, value, index) => sum + own[index]! * value, 0);
  expect(worth(raw, [1, x, y])).toBeCloseTo(worth(weights, standardized), 8);
});

it('keeps the scale of a value that never varies, and of all before the first row', () => {
  expect(computeStandardization(new Float64Array(9), 3, 2)).toEqual({
    center: Float64Array.of(0, 0),
    scale: Float64Array.of(1, 1),
  });
  // Two rows (1, 7, -1) and (1, 7, 3).
  const gram = Float64Array.of(2, 0, 0, 14, 98, 0, 2, 14, 10);
  expect(computeStandardization(gram, 3, 2)).toEqual({ center: Float64Array.of(7, 1), scale: Float64Array.of(1, 2) });
});
