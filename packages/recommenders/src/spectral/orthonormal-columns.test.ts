import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { orthonormaliseColumns } from './orthonormal-columns.ts';

describe('orthonormaliseColumns', () => {
  it('keeps the span and the order, and is orthonormal also where columns are nearly the same', () => {
    const random = createRandomStream('columns');
    const [rows, columns] = [30, 8];
    const matrix = Float64Array.from({ length: rows * columns }, () => random.normal());
    for (let row = 0; row < rows; row++) matrix[row * columns + 5] = matrix[row * columns]! + 1e-7 * random.normal();
    const given = matrix.slice();
    orthonormaliseColumns(matrix, rows, columns);
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b < columns; b++) {
        let dot = 0;
        for (let row = 0; row < rows; row++) dot += matrix[row * columns + a]! * matrix[row * columns + b]!;
        expect(dot).toBeCloseTo(Number(a === b), 12);
      }
    }
    // Column c is made of the first c + 1 new ones.
    for (let column = 0; column < columns; column++) {
      const rest = Float64Array.from({ length: rows }, (_, row) => given[row * columns + column]!);
      for (let base = 0; base <= column; base++) {
        let dot = 0;
        for (let row = 0; row < rows; row++) dot += matrix[row * columns + base]! * given[row * columns + column]!;
        for (let row = 0; row < rows; row++) rest[row]! -= dot * matrix[row * columns + base]!;
      }
      expect(Math.hypot(...rest)).toBeLessThan(1e-10);
    }
  });

  it('makes dependent columns 0', () => {
    // Columns (3, 4), (6, 8), (0, 0), (0, 1).
    const matrix = Float64Array.of(3, 6, 0, 0, 4, 8, 0, 1);
    orthonormaliseColumns(matrix, 2, 4);
    expect([...matrix]).toEqual([0.6, 0, 0, -0.8, 0.8, 0, 0, 0.6].map((value) => expect.closeTo(value, 12)));
  });
});
