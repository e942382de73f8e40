import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { improveRows } from './improve-rows.ts';
import { computeCommonMatrix, solveRow } from './normal-equations.ts';

/** Five dimensions, so that neither sums of four nor blocks of four come out even. */
const dimensions = 5;
const others = 12;
const random = createRandomStream('least squares');
const fixed = Float32Array.from({ length: others * dimensions }, () => random.normal());
const equations = { fixed, dimensions, confidence: 2.5, regularization: 0.3 };
const rows = { starts: Int32Array.of(0, 3, 3, 9), index: Int32Array.of(7, 0, 4, 1, 2, 3, 8, 9, 11) };

describe('the equations of one row', () => {
  it('have the solution worked by hand', () => {
    // One dimension, Y = (1, 2), the row has the second: alpha 3, lambda 7. A = 1 + 4 + 3 * 4 + 7 = 24, b = 4 * 2 = 8.
    const small = { fixed: Float32Array.of(1, 2), dimensions: 1, confidence: 3, regularization: 7 };
    const common = computeCommonMatrix(small);
    expect(common).toEqual(Float64Array.of(12));
    expect(solveRow(common, Int32Array.of(1), small)[0]).toBeCloseTo(1 / 3, 12);
    const vectors = Float32Array.of(5);
    const one = { starts: Int32Array.of(0, 1), index: Int32Array.of(1) };
    const value = improveRows(vectors, { ...small, rows: one, steps: 1 });
    expect(vectors[0]).toBeCloseTo(1 / 3, 6);
    // (0 - 1/3)^2 + 4 (1 - 2/3)^2 + 7 / 9 = 1/9 + 4/9 + 7/9 = 4/3
    expect(value).toBeCloseTo(4 / 3, 12);
  });

  it('are solved as Gauss-Jordan elimination of the dense system solves them', () => {
    const common = computeCommonMatrix(equations);
    for (const row of [0, 2]) {
      const own = rows.index.subarray(rows.starts[row], rows.starts[row + 1]);
      expectClose(solveRow(common, own, equations), solveDensely(own), 10);
    }
    expect(solveRow(common, new Int32Array(0), equations)).toEqual(new Float64Array(dimensions));
  });
});

describe('improveRows', () => {
  it('reaches the exact solution in as many steps as there are dimensions', () => {
    const vectors = Float32Array.from({ length: 3 * dimensions }, () => random.normal());
    improveRows(vectors, { ...equations, rows, steps: dimensions + 1 });
    for (const row of [0, 2]) {
      const own = rows.index.subarray(rows.starts[row], rows.starts[row + 1]);
      expectClose(vectors.subarray(row * dimensions, (row + 1) * dimensions), solveDensely(own), 5);
    }
    expect(vectors.subarray(dimensions, 2 * dimensions)).toEqual(new Float32Array(dimensions));
  });

  it('takes the steps of steepest descent first, and returns the objective where it arrives', () => {
    const before = Float32Array.from({ length: 3 * dimensions }, () => random.normal());
    before.fill(0, dimensions, 2 * dimensions);
    const after = before.slice();
    const value = improveRows(after, { ...equations, rows, steps: 1 });
    expect(value).toBeCloseTo(computeObjective(after), 4);
    // Half the negative gradient by central differences; the step along it is the best one, so that the slope there is 0.
    const along = after.map((entry, place) => entry - before[place]!);
    for (const row of [0, 2]) {
      const only = (vectors: Float32Array): number => computeRowObjective(row, vectors);
      const gradient = Float64Array.from({ length: dimensions }, (_, d) => slope(only, before, row, d));
      const step = along.subarray(row * dimensions, (row + 1) * dimensions);
      const ratio = step[0]! / gradient[0]!;
      expect(ratio).toBeLessThan(0);
      expectClose(
        step,
        gradient.map((entry) => entry * ratio),
        4,
      );
      const end = Float64Array.from({ length: dimensions }, (_, d) => slope(only, after, row, d));
      const across = end.reduce((sum, entry, d) => sum + entry * step[d]!, 0);
      expect(Math.abs(across)).toBeLessThan(1e-3);
    }
  });

  it('stays at the solution', () => {
    const vectors = new Float32Array(3 * dimensions);
    // With nothing to weigh, b = y: already solved where y = 0.
    const nothing = { ...equations, fixed: new Float32Array(others * dimensions) };
    expect(improveRows(vectors, { ...nothing, rows, steps: 3 })).toBeCloseTo(9 * 3.5, 12);
    expect(vectors).toEqual(new Float32Array(3 * dimensions));
  });
});

/** Sum over all others of c (p - x'y)^2, plus lambda |x|^2, straight from the definition. */
function computeRowObjective(row: number, vectors: Float32Array): number {
  const x = vectors.subarray(row * dimensions, (row + 1) * dimensions);
  const own = rows.index.subarray(rows.starts[row], rows.starts[row + 1]);
  let sum = 0;
  for (let other = 0; other < others; other++) {
    const score = x.reduce((total, entry, d) => total + entry * fixed[other * dimensions + d]!, 0);
    sum += own.includes(other) ? 3.5 * (1 - score) ** 2 : score ** 2;
  }
  return sum + 0.3 * x.reduce((total, entry) => total + entry ** 2, 0);
}

function computeObjective(vectors: Float32Array): number {
  return [0, 1, 2].reduce((sum, row) => sum + computeRowObjective(row, vectors), 0);
}

function slope(f: (vectors: Float32Array) => number, at: Float32Array, row: number, d: number): number {
  const [above, below] = [at.slice(), at.slice()];
  above[row * dimensions + d]! += 0.01;
  below[row * dimensions + d]! -= 0.01;
  return (f(above) - f(below)) / 0.02;
}

/** Builds Y'CY + lambda I and Y'Cp from a diagonal C, and eliminates. */
function solveDensely(own: Int32Array): Float64Array {
  const at = (other: number, d: number): number => fixed[other * dimensions + d]!;
  const weights = Array.from({ length: others }, (_, other) => (own.includes(other) ? 3.5 : 1));
  const system = Array.from({ length: dimensions }, (_, row) =>
    Array.from({ length: dimensions + 1 }, (_, column) => {
      const right = (other: number): number => (column < dimensions ? at(other, column) : Number(own.includes(other)));
      const sum = weights.reduce((total, weight, other) => total + weight * at(other, row) * right(other), 0);
      return sum + (row === column ? 0.3 : 0);
    }),
  );
  for (let pivot = 0; pivot < dimensions; pivot++) {
    const scale = system[pivot]![pivot]!;
    system[pivot] = system[pivot]!.map((entry) => entry / scale);
    for (let row = 0; row < dimensions; row++) {
      const factor = system[row]![pivot]!;
      if (row !== pivot) system[row] = system[row]!.map((entry, column) => entry - factor * system[pivot]![column]!);
    }
  }
  return Float64Array.from(system, (row) => row[dimensions]!);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(actual.length).toBe(expected.length);
  for (let place = 0; place < expected.length; place++) expect(actual[place]).toBeCloseTo(expected[place]!, digits);
}
