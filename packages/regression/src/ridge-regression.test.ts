import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createRidgeRegression } from './ridge-regression.ts';

describe('createRidgeRegression', () => {
  it('solves a system worked by hand: rows (1,0) -> 2 and (1,1) -> 3 with penalty 1', () => {
    // X'X + I = [[3,1],[1,2]], X'y = (5,3); solution (7/5, 4/5).
    const regression = createRidgeRegression(2);
    regression.add({ indices: Int32Array.of(0), values: Float64Array.of(1) }, 2);
    regression.add({ indices: Int32Array.of(0, 1), values: Float64Array.of(1, 1) }, 3);
    const [first, second] = regression.solve(1);
    expect(first).toBeCloseTo(1.4, 12);
    expect(second).toBeCloseTo(0.8, 12);
  });

  it('recovers known coefficients whatever the order of a row’s features', () => {
    const random = createRandomStream(1);
    const truth = Float64Array.from({ length: 8 }, () => random.normal());
    const regression = createRidgeRegression(8);
    for (let row = 0; row < 400; row++) {
      const indices = Int32Array.of(7, 2, 0, 5);
      indices.forEach((_, position) => {
        indices[position] = (indices[position]! + row) % 8;
      });
      const values = Float64Array.from(indices, () => random.normal());
      regression.add(
        { indices, values },
        indices.reduce((sum, feature, position) => sum + truth[feature]! * values[position]!, 0),
      );
    }
    const solution = regression.solve(1e-9);
    for (const [index, value] of solution.entries()) expect(value).toBeCloseTo(truth[index]!, 6);
  });

  it('refuses a penalty that is not positive', () => {
    expect(() => createRidgeRegression(1).solve(0)).toThrow('Expected penalty to be a positive number, received 0');
  });
});
