import { describe, expect, it } from 'vitest';
import { computeMeanUser } from './mean-user.ts';

describe('computeMeanUser', () => {
  it('is the mean row of those who have entries', () => {
    const users = Float32Array.of(1, 2, 100, 200, 4, -3);
    expect(computeMeanUser({ dimensions: 2, users }, Int32Array.of(0, 2, 2, 3))).toEqual(Float32Array.of(2.5, -0.5));
  });

  it('is 0 where nobody has any, and where there is nobody', () => {
    const users = Float32Array.of(1, 2);
    expect(computeMeanUser({ dimensions: 2, users }, Int32Array.of(0, 0))).toEqual(new Float32Array(2));
    expect(computeMeanUser({ dimensions: 2, users: new Float32Array(0) }, Int32Array.of(0))).toEqual(
      new Float32Array(2),
    );
  });
});
