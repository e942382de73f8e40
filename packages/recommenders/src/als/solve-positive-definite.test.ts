import { describe, expect, it } from 'vitest';
import { solvePositiveDefinite } from './solve-positive-definite.ts';

describe('solvePositiveDefinite', () => {
  it('solves a system worked by hand, reading the lower triangle only', () => {
    // 4x + 2y = 2, 2x + 10y = -8: from the first y = 1 - 2x, so 2x + 10 - 20x = -8, x = 1, y = -1.
    const vector = Float64Array.of(2, -8);
    solvePositiveDefinite(Float64Array.of(4, Number.NaN, 2, 10), vector);
    expect(vector[0]).toBeCloseTo(1, 12);
    expect(vector[1]).toBeCloseTo(-1, 12);
  });

  it('solves a system of three', () => {
    // The solution (1, -2, 3) times the matrix [[4, 1, 0], [1, 3, -1], [0, -1, 5]] is (2, -8, 17).
    const vector = Float64Array.of(2, -8, 17);
    solvePositiveDefinite(Float64Array.of(4, 1, 0, 1, 3, -1, 0, -1, 5), vector);
    for (const [place, expected] of [1, -2, 3].entries()) expect(vector[place]).toBeCloseTo(expected, 12);
  });

  it('leaves at 0 what a singular system does not say', () => {
    // x + y = 2 twice, and 3z = 6 between them.
    const vector = Float64Array.of(2, 6, 2);
    solvePositiveDefinite(Float64Array.of(1, 0, 1, 0, 3, 0, 1, 0, 1), vector);
    for (const [place, expected] of [2, 2, 0].entries()) expect(vector[place]).toBeCloseTo(expected, 12);
  });
});
